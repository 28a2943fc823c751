import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkContent } from '../../../src/checks/content/index.ts';
import { readContent } from '../../../src/collections/read-content.ts';
import { trainerClasses } from '../../../src/scaffold/find-trainer.ts';
import { changed, runNew, snapshot, withCopy } from './scaffolding.ts';

test('a guide and a path with titles of symbols pass the check as drafts', () =>
  withCopy(async (dir) => {
    const before = await snapshot(dir);
    const title = 'What "β" does: {x} <b> & \\frac — it’s 1 # of 2';
    expect(await runNew(dir, '--guide', title)).toMatchObject({ code: 0, error: '' });
    expect(await runNew(dir, '--path', title)).toMatchObject({ code: 0, error: '' });
    expect(await runNew(dir, '--path', '学习路径', '--name', 'learn')).toMatchObject({ code: 0, error: '' });
    expect(changed(before, await snapshot(dir))).toEqual([
      'learning-paths/learn.yaml',
      'learning-paths/what-beta-does-x-b-and-frac-its-1-of-2.yaml',
      'reference-guides/what-beta-does-x-b-and-frac-its-1-of-2.mdx',
    ]);
    const source = await readContent(dir);
    expect(checkContent(source)).toEqual([]);
    expect(source.guides.find(({ data }) => data.draft)?.data.title).toBe(title);
    expect(source.paths.filter(({ draft }) => draft).map(({ title, order }) => ({ title, order }))).toEqual([
      { title, order: 6 },
      { title: '学习路径', order: 7 },
    ]);
  }));

const refused: [string[], string][] = [
  [['--guide', 'The DPO loss', '--name', 'dpo-loss'], 'reference-guides/dpo-loss.mdx:1:1  file-exists'],
  [['--path', 'Beginner'], 'learning-paths/beginner.yaml:1:1  file-exists'],
  [['--guide', '如何训练'], 'scaffold-title  expected a title that a file name can be made from'],
  [['--guide', 'x', '--name', 'a-b'], 'scaffold-title  expected a title of 3 to 90 characters, found 1'],
  [['--path', 'A path', '--name', '../up'], 'write `--name up`'],
  [['--guide', 'A guide', '--name', 'No Way'], 'write `--name no-way`'],
  [['gdk'], 'did you mean `gkd`?'],
  [['OnlineDPOTrainr'], 'did you mean `OnlineDPOTrainer`?'],
  [['chess'], 'neither the registry nor TRL has a trainer `chess`'],
  [['TPOTrainer'], 'write its record first: `npm run new -- --registry TPOTrainer`'],
  [['a2po'], 'write its record first: `npm run new -- --registry A2POTrainer`'],
  [
    ['--registry', 'DPOTrainer'],
    'trainers/dpo.yaml:1:1  file-exists  the registry has a record of DPO already',
  ],
  [['--registry', 'TPOTraner'], 'did you mean `TPOTrainer`?'],
];

test('what cannot be made is refused with the reason, and nothing changes', () =>
  withCopy(async (dir) => {
    const before = await snapshot(dir);
    for (const [args, message] of refused) {
      const { code, out, error } = await runNew(dir, ...args);
      expect({ args, code, out }).toEqual({ args, code: 1, out: '' });
      expect(error).toContain(message);
    }
    expect(changed(before, await snapshot(dir))).toEqual([]);
  }));

test.each([
  [[], 'expected a trainer'],
  [['gkd', '--fast'], "'--fast'"],
])('%j answers with the usage', async (args, message) => {
  const { code, error } = await runNew('content', ...args);
  expect(code).toBe(2);
  expect(error).toContain(message);
  expect(error).toContain('Usage: npm run new');
});

test('a trainer whose release has no facts here is refused', () =>
  withCopy(async (dir) => {
    await rm(join(dir, 'trl/1.13.0.json'));
    const { code, error } = await runNew(dir, 'prm');
    expect(code).toBe(1);
    expect(error).toMatch(
      /^trainers\/prm\.yaml:1:1 {2}facts-missing {2}expected facts of TRL 1\.13\.0 with `PRMTrainer`/,
    );
  }));

test('a content folder that is not there is not made', async () => {
  const { code, error } = await runNew('no-such-folder', '--guide', 'A guide');
  expect(code).toBe(1);
  expect(error).toContain('content-missing');
});

test('a class of TRL gets a record that is a draft, and then its set', () =>
  withCopy(async (dir) => {
    expect(await runNew(dir, '--registry', 'TPOTrainer')).toMatchObject({ code: 0, error: '' });
    expect(await runNew(dir, 'tpo')).toMatchObject({ code: 0, error: '' });
    const source = await readContent(dir);
    expect(checkContent(source)).toEqual([]);
    expect(source.trainers.find(({ slug }) => slug === 'tpo')).toMatchObject({
      name: 'TPO',
      class: 'TPOTrainer',
      family: 'preference',
      data: { format: 'preference' },
      priority: 16,
      facts: '1.16.0',
      draft: true,
    });
  }));

test('every trainer of the pinned TRL can be given a record and a set that pass the check', () =>
  withCopy(async (dir) => {
    const { facts, trainers } = await readContent(dir);
    const known = new Set(trainers.map((trainer) => trainer.class));
    const classes = trainerClasses(facts[0] ?? { classes: [] }).filter(({ name }) => !known.has(name));
    expect(classes.length).toBeGreaterThan(10);
    for (const { name } of classes) {
      expect(await runNew(dir, '--registry', name)).toMatchObject({ code: 0, error: '' });
      expect(await runNew(dir, name)).toMatchObject({ code: 0, error: '' });
    }
    expect(checkContent(await readContent(dir))).toEqual([]);
  }));

test('a record that is published unfinished is an error at each mark', () =>
  withCopy(async (dir) => {
    await runNew(dir, '--registry', 'TPOTrainer');
    const file = join(dir, 'trainers/tpo.yaml');
    const text = (await snapshot(dir)).get('trainers/tpo.yaml') ?? '';
    await writeFile(file, text.replace('draft: true\n', ''));
    const codes = checkContent(await readContent(dir)).map(({ code }) => code);
    expect(codes.filter((code) => code === 'to-write')).toHaveLength(text.split('TO WRITE').length - 1);
    expect(codes).toContain('chooser-trainer-missing');
  }));
