import { expect, test } from 'vitest';
import { entrySchema } from '../../../src/collections/entry.ts';
import { coverageInput } from '../../../src/coverage/from-source.ts';
import { evidence, release } from './evidence.ts';

const data = entrySchema.parse({
  title: 'The DPO loss',
  question: 'Where does it come from?',
  summary: 'A summary of twenty characters.',
  trainers: ['dpo'],
  difficulty: 1,
  covers: ['the loss'],
});
const entry = (ref: string, body: string, bodyLine = 1) => ({
  ref,
  file: `content/${ref}`,
  data,
  body,
  bodyLine,
});
const source = {
  ...evidence(),
  annotated: [],
  guides: [],
  scripts: [],
  newerFacts: [],
  distilled: [],
  paths: [],
};
const digests = new Map<string, string>();

test('the lines of a page are those of its file: frontmatter counts, the last line break does not', () => {
  const guides = [entry('guides/a', 'One.\n\nThree.\n', 10), entry('guides/b', 'One.\n\nThree.')];
  const { pages } = coverageInput({ ...source, guides }, digests);
  expect(pages).toEqual([
    {
      ref: 'guides/a',
      kind: 'guide',
      file: 'content/guides/a',
      data,
      body: 'One.\n\nThree.\n',
      lines: 12,
      words: 2,
      minutes: 1,
    },
    {
      ref: 'guides/b',
      kind: 'guide',
      file: 'content/guides/b',
      data,
      body: 'One.\n\nThree.',
      lines: 3,
      words: 2,
      minutes: 1,
    },
  ]);
});

test('a page takes time for the regions that it shows, by their lines that are not blank', () => {
  const regions = [
    { name: 'loss', code: 'a = 1\n\n   \n'.repeat(40) },
    { name: 'unseen', code: 'a = 1\n'.repeat(400) },
    { name: 'rewards', code: 'b = 1\n'.repeat(20) },
  ];
  const body = '<Region name="loss">\nWhat.\n</Region>\n<Region\n  title="x" name="rewards">\n</Region>\n';
  const { pages } = coverageInput(
    { ...source, annotated: [entry('trainers/dpo', body)], distilled: [{ regions }] },
    digests,
  );
  // 60 lines of code at 20 a minute.
  expect(pages.map(({ kind, minutes }) => [kind, minutes])).toEqual([['annotated', 3]]);
});

test('a script is read as its cells: prose as words, code as lines', () => {
  const script = {
    ...entry('examples/dpo', '# %% [markdown]\n# Some words.\n'),
    cells: [
      { kind: 'markdown' as const, text: 'Four words of prose.' },
      { kind: 'code' as const, text: 'train()\n'.repeat(60) },
      { kind: 'markdown' as const, text: 'The end.' },
    ],
  };
  const [page] = coverageInput({ ...source, scripts: [script] }, digests).pages;
  expect(page).toMatchObject({ kind: 'script', lines: 2, words: 6, minutes: 3 });
  expect(page?.body).toBe(
    `Four words of prose.\n\n\`\`\`py\n${'train()\n'.repeat(60)}\n\`\`\`\n\nThe end.\n`,
  );
});

test('findings against the newest release after the pinned one are handed on; without one there are none', () => {
  const findings = [{ file: 'content/a.mdx', line: 1, message: 'gone' }];
  const newerFacts = [release('1.18.0'), release('1.17.0')];
  expect(coverageInput({ ...source, newerFacts }, digests, findings).upgrade).toEqual({
    trl: '1.18.0',
    released: '2026-10-15',
    findings,
  });
  expect(coverageInput({ ...source, newerFacts }, digests).upgrade?.findings).toEqual([]);
  expect(coverageInput(source, digests, findings).upgrade).toBeUndefined();
});
