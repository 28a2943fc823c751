import { expect, test } from 'vitest';
import { draftAddresses, showsDrafts, withoutDrafts } from '../../../src/collections/drafts.ts';
import { readContent } from '../../../src/collections/read-content.ts';
import { newCommand } from '../../../src/scaffold/new-command.ts';
import { withContent } from '../checks/content-fixture.ts';

/** The fixture's content with a draft of every kind. */
const withDrafts = <T>(use: (dir: string) => Promise<T>) =>
  withContent(['draft-linked'], async (dir) => {
    const terminal = { out: () => {}, error: (text: string) => expect(text).toBe(''), color: false };
    await newCommand(['sft', '--content-dir', dir], {}, terminal);
    return use(dir);
  });

test('readers get everything but drafts, and what only drafts show', () =>
  withDrafts(async (dir) => {
    const source = await readContent(dir);
    const readers = withoutDrafts(source);
    const refs = ({ annotated, guides, scripts }: typeof source) =>
      [...annotated, ...guides, ...scripts].map(({ ref }) => ref);
    expect(refs(source)).toEqual([
      'trainers/dpo',
      'trainers/sft',
      'guides/dpo-loss',
      'guides/ready',
      'guides/sft-loss',
      'guides/unready-too',
      'guides/unready',
      'examples/dpo-training',
      'examples/sft-training',
    ]);
    expect(refs(readers)).toEqual([
      'trainers/dpo',
      'guides/dpo-loss',
      'guides/ready',
      'examples/dpo-training',
    ]);
    expect(readers.paths.map(({ slug }) => slug)).toEqual(['first-steps', 'now']);
    expect(readers.distilled.map(({ name }) => name)).toEqual(['dpo']);
    expect([...draftAddresses(source)].sort()).toEqual([
      'distilled/sft.py',
      'examples/sft-training',
      'guides/sft-loss',
      'guides/unready',
      'guides/unready-too',
      'paths/later',
      'trainers/sft',
    ]);
    // Callers remember what they made of a source by the object.
    expect(withoutDrafts(source)).toBe(readers);
  }));

test('without a draft readers get the same', async () => {
  await withContent([], async (dir) => {
    const source = await readContent(dir);
    expect(withoutDrafts(source)).toEqual(source);
  });
});

test.each([
  [undefined, false],
  ['', false],
  ['0', false],
  ['1', true],
  ['true', true],
])('DRAFTS=%s shows drafts: %s', (DRAFTS, shown) => {
  expect(showsDrafts({ DRAFTS })).toBe(shown);
});

test('another value is refused rather than guessed', () => {
  expect(() => showsDrafts({ DRAFTS: 'yes' })).toThrow('expected DRAFTS to be 1 or 0, found "yes"');
});
