import { expect, test } from 'vitest';
import type { ContentSource } from '../../../src/collections/content-source.ts';
import { factsSchema } from '../../../src/collections/facts.ts';
import { readContent } from '../../../src/collections/read-content.ts';
import { equalityTest } from '../../../src/scaffold/equality-test.ts';
import { freeGuide } from '../../../src/scaffold/guide-page.ts';
import { pathFile } from '../../../src/scaffold/path-file.ts';
import { registryRecord } from '../../../src/scaffold/registry-record.ts';
import { subjectOf } from '../../../src/scaffold/subject.ts';
import { trainerSet } from '../../../src/scaffold/trainer-set.ts';

/*
 * Whole files as they are written, to be read: tests/fixtures/scaffold/. A change of the scaffold, or of the facts
 * and records that it is filled in from, shows there as a change of text (`npx vitest run -u` writes them anew).
 */
const folder = '../../fixtures/scaffold';
const source = await readContent('content');
const pins = new Map([
  ['trl', '1.16.0'],
  ['transformers', '5.23.0'],
  ['torch', '2.13.0'],
]);

function subject(slug: string) {
  const trainer = source.trainers.find((each) => each.slug === slug);
  const found = trainer && subjectOf(trainer, source.facts);
  if (!found) throw new Error(`expected ${slug} in registry and facts`);
  return found;
}

test('the set of a trainer that distils a teacher', async () => {
  const material = { metrics: [], pins, lab: undefined, tests: { folder: 'tests/python', files: [] } };
  const { missing } = trainerSet(subject('gkd'), source, material);
  for (const { path, text } of missing) await expect(text).toMatchFileSnapshot(`${folder}/${path}`);
});

test('the script of a trainer that samples and is rewarded', async () => {
  const material = { metrics: [], pins, lab: undefined, tests: undefined };
  const { missing } = trainerSet(subject('online-dpo'), source, material);
  const script = missing.find(({ path }) => path.endsWith('.py') && path.includes('scripts'));
  await expect(script?.text).toMatchFileSnapshot(`${folder}/${script?.path}`);
});

test('the test of a trainer that only an older release has', () => {
  expect(equalityTest(subject('nash-md'))).toContain('"nash-md/equality"');
});

test('a guide, a path and a record', async () => {
  await expect(freeGuide('What "beta" does')).toMatchFileSnapshot(`${folder}/guide.mdx`);
  await expect(pathFile('My path', 'my-path', source.paths)).toMatchFileSnapshot(`${folder}/path.yaml`);
  const [facts] = source.facts;
  const trlClass = facts?.classes.find(({ name }) => name === 'TPOTrainer');
  if (!facts || !trlClass) throw new Error('expected TPOTrainer in the facts');
  await expect(registryRecord(trlClass, facts, source).text).toMatchFileSnapshot(`${folder}/record.yaml`);
});

test('a record of a class that is gone says since when, and asks for a successor', () => {
  const release = (trl: string, ...names: string[]) =>
    factsSchema.parse({
      trl,
      tag: `v${trl}`,
      released: '2026-01-01',
      python: '3.11',
      transformers: '5.0.0',
      torch: '2.0.0',
      functions: [],
      external: {},
      classes: names.map((name) => ({
        name,
        kind: 'trainer',
        module: 'trl',
        import_path: 'trl',
        tier: 'stable',
        file: 'trl/x.py',
        lines: [1, 2],
        bases: [],
        config: 'OldConfig',
      })),
    });
  const releases = [release('1.2.0'), release('1.1.0', 'OldTrainer'), release('1.0.0')];
  const content: ContentSource = { ...source, facts: releases };
  const [trlClass] = releases[1]?.classes ?? [];
  if (!trlClass || !releases[1]) throw new Error('expected a class');
  const { text, slug } = registryRecord(trlClass, releases[1], content);
  expect(slug).toBe('old');
  expect(text).toContain('the facts at hand have it in 1.1.0, not in 1.0.0.');
  expect(text).toContain('- { tier: stable, since: "1.1.0" }\n  - { tier: removed, since: "1.2.0" }');
  expect(text).toContain('instead_why: "TO WRITE: what to use today, and why."');
});
