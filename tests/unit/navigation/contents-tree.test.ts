import { expect, test } from 'vitest';
import { contentsTree } from '../../../src/navigation/contents-tree.ts';

const heading = (depth: number, text: string) => ({ depth, text, slug: text.toLowerCase() });
const outline = (depths: [number, string][]) =>
  contentsTree(depths.map(([depth, text]) => heading(depth, text))).map(({ text, children }) => [
    text,
    children.map((child) => child.text),
  ]);

test('puts headings of depth 3 below the heading of depth 2 before them', () => {
  expect(
    outline([
      [2, 'Loss'],
      [3, 'Gradient'],
      [3, 'Limits'],
      [2, 'Metrics'],
    ]),
  ).toEqual([
    ['Loss', ['Gradient', 'Limits']],
    ['Metrics', []],
  ]);
});

test('leaves out the title and what is deeper, and keeps a depth 3 that has no parent', () => {
  expect(
    outline([
      [1, 'Title'],
      [3, 'Orphan'],
      [2, 'Loss'],
      [4, 'Detail'],
    ]),
  ).toEqual([
    ['Orphan', []],
    ['Loss', []],
  ]);
});
