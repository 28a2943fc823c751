import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { originOf } from '../../../src/collections/content-source.ts';
import { readContent } from '../../../src/collections/read-content.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'content-'));
  await cp('tests/fixtures/content', dir, { recursive: true });
});
afterEach(() => rm(dir, { recursive: true }));

test('an entry holds its body with the line where it starts, and knows the places of its fields', async () => {
  const source = await readContent('tests/fixtures/content');
  const guide = source.guides[0];
  expect(guide).toMatchObject({
    ref: 'guides/dpo-loss',
    id: 'dpo-loss',
    file: 'tests/fixtures/content/reference-guides/dpo-loss.mdx',
    bodyLine: 11,
    data: { title: 'The DPO loss', verified: true },
  });
  expect(guide?.body.split('\n')[1]).toMatch(/^The \[reference model\]/);
  expect(originOf(source, guide ?? {}).locate(['next', 1])).toEqual({
    file: 'tests/fixtures/content/reference-guides/dpo-loss.mdx',
    line: 9,
    column: 22,
    length: 21,
  });
});

test('a script is an entry with hyphens in its id; lab.py without a header is a support module', async () => {
  const { scripts, supportModules } = await readContent(dir);
  expect(scripts.map(({ id, ref }) => [id, ref])).toEqual([['dpo-training', 'examples/dpo-training']]);
  expect(scripts[0]?.header.dependencies).toEqual(['trl==1.16.0']);
  expect(scripts[0]?.cells.map(({ kind, line }) => [kind, line])).toEqual([
    ['markdown', 16],
    ['code', 20],
  ]);
  expect(supportModules.map(({ text }) => text.split('\n')[0])).toEqual([
    '"""The world that the scripts share."""',
  ]);
});

test('releases are sorted newest first, by number', async () => {
  const facts = join(dir, 'trl/1.16.0.json');
  const text = JSON.stringify({
    trl: '1.9.0',
    tag: 'v1.9.0',
    released: '',
    python: '',
    transformers: '',
    torch: '',
  });
  await writeFile(
    join(dir, 'trl/1.9.0.json'),
    `${text.slice(0, -1)},"classes":[],"functions":[],"external":{}}`,
  );
  await cp(facts, join(dir, 'trl/copy.json'));
  expect((await readContent(dir)).facts.map(({ trl }) => trl)).toEqual(['1.16.0', '1.16.0', '1.9.0']);
});

test('what is not there reads as empty', async () => {
  const source = await readContent(await mkdtemp(join(dir, 'empty-')));
  expect(source).toMatchObject({
    trainers: [],
    annotated: [],
    scripts: [],
    papers: [],
    facts: [],
    verification: { schema: 1, checks: [] },
    problems: [],
  });
});

test('one broken file does not stop the reading of others, and its id stays claimed', async () => {
  await writeFile(join(dir, 'trainers/dpo.yaml'), 'slug: [');
  await writeFile(join(dir, 'papers.yaml'), '- id: "1"\n- { id: "2", title: T, short: S, year: 2020 }\n');
  await writeFile(join(dir, 'verification.json'), '{ "schema": 1,\n  "checks": }');
  await symlink(join(dir, 'nowhere'), join(dir, 'reference-guides/gone.mdx'));
  const { trainers, papers, guides, verification, claimed, problems } = await readContent(dir);
  expect(trainers.map(({ slug }) => slug)).toEqual(['sft']);
  expect(papers.map(({ id }) => id)).toEqual(['2']);
  expect(guides).toHaveLength(1);
  expect(verification.checks).toEqual([]);
  expect([claimed.trainers.has('dpo'), claimed.papers.has('1')]).toEqual([true, true]);
  expect(
    problems.map(({ code, file, line, column }) => [code, file.split('/').at(-1), line, column]),
  ).toEqual([
    ['yaml-field', 'papers.yaml', 1, 3],
    ['yaml-field', 'papers.yaml', 1, 3],
    ['yaml-field', 'papers.yaml', 1, 3],
    ['file-unreadable', 'gone.mdx', 1, 1],
    ['yaml-syntax', 'dpo.yaml', 1, 8],
    ['json-shape', 'verification.json', 2, 14],
  ]);
});

test('a folder that is none is told once', async () => {
  const { problems } = await readContent(join(dir, 'nowhere'));
  expect(problems).toMatchObject([
    {
      code: 'content-missing',
      line: 1,
      column: 1,
      message: expect.stringMatching(/^expected a content folder at .*nowhere, found none$/),
    },
  ]);
  expect((await readContent(join(dir, 'papers.yaml'))).problems[0]?.code).toBe('content-missing');
});

test('records come in the order that their files ask for; names decide between equals', async () => {
  const dpo = await readFile(join(dir, 'trainers/dpo.yaml'), 'utf8');
  for (const slug of ['kto', 'cpo', 'a']) {
    const priority = slug === 'a' ? 9 : 2;
    const text = dpo.replace('slug: dpo', `slug: ${slug}`).replace(/priority: \d+/, `priority: ${priority}`);
    await writeFile(join(dir, `trainers/${slug}.yaml`), text);
  }
  const path = await readFile(join(dir, 'learning-paths/first-steps.yaml'), 'utf8');
  await writeFile(
    join(dir, 'learning-paths/earlier.yaml'),
    path.replace('order: 1', 'order: 3').replace('slug: first-steps', 'slug: earlier'),
  );
  await writeFile(
    join(dir, 'learning-paths/later.yaml'),
    path.replace('order: 1', 'order: 2').replace('slug: first-steps', 'slug: later'),
  );
  const { trainers, paths, claimed } = await readContent(dir);
  expect(trainers.map(({ slug }) => slug)).toEqual(['sft', 'cpo', 'dpo', 'kto', 'a']);
  expect(paths.map(({ slug }) => slug)).toEqual(['first-steps', 'later', 'earlier']);
  expect([...claimed.paths]).toEqual(['earlier', 'first-steps', 'later']);
  expect([...claimed.entries]).toEqual(
    expect.arrayContaining(['trainers/dpo', 'guides/dpo-loss', 'examples/dpo-training']),
  );
});

test('a published page names its distilled file; a draft or an imported one need not', async () => {
  const page = join(dir, 'annotated-trainers/dpo.mdx');
  const text = (await readFile(page, 'utf8')).replace(/^distilled: .*\n/m, '');
  const codes = async (extra: string) => {
    await writeFile(page, text.replace('---\n', `---\n${extra}`));
    return (await readContent(dir)).problems.map(({ code, message }) => [code, message]);
  };
  expect(await codes('')).toEqual([['frontmatter-field', '`distilled` is missing: expected text']]);
  expect(await codes('draft: true\n')).toEqual([]);
  expect(await codes('verified: false\n')).toEqual([]);
  expect(await codes('distilled: dpo.py\n')).toEqual([
    ['frontmatter-field', '`distilled`: expected a file name without .py, found "dpo.py"'],
  ]);
});

test('what content may come without is read when it is there', async () => {
  const json = {
    'trl-history.json': { releases: ['1.16.0'], events: [] },
    'verification.json': { schema: 1, checks: [] },
    'curves/kl.json': {
      name: 'kl',
      panels: [
        {
          x: 'x',
          y: 'y',
          lines: [
            {
              name: 'l',
              tone: 1,
              points: [
                [0, 0],
                [1, 1],
              ],
            },
          ],
        },
      ],
    },
    'runs/dpo_training.json': {
      ...{ script: 'dpo_training', trainers: ['dpo'], args: [], date: '2026-11-01', seed: 0, inputs: {} },
      ...{ versions: {}, hardware: 'a CPU', seconds: 1, peak_memory_mb: 1, series: {}, results: {} },
    },
  };
  for (const [path, value] of Object.entries(json)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), JSON.stringify(value));
  }
  await writeFile(join(dir, 'migration.yaml'), '- changes: [PPOTrainer]\n  say: Use another.\n');
  await writeFile(join(dir, 'default-runs.yaml'), '- { script: dpo_training, run: "batch=4", holds: [x] }\n');
  const source = await readContent(dir);
  expect(source.problems).toEqual([]);
  expect(source.history).toEqual({ releases: ['1.16.0'], events: [] });
  expect(source.curves.map(({ name }) => name)).toEqual(['kl']);
  expect(source.runs.map(({ script, output }) => [script, output])).toEqual([['dpo_training', []]]);
  expect(source.migration.map(({ say }) => say)).toEqual(['Use another.']);
  expect(source.defaultRuns.map(({ run }) => run)).toEqual(['batch=4']);
  expect(source.verification).toEqual({ schema: 1, checks: [] });
});
