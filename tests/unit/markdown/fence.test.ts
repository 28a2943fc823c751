import { expect, test } from 'vitest';
import { fenceSchema, parseFence } from '../../../src/markdown/fence.ts';

const plain = { highlight: [], executed: false, output: false, markers: [] };

test.each([
  ['', {}],
  ['title="First loss"', { title: 'First loss' }],
  ['{2,4-6} title="x"', { highlight: [2, 4, 5, 6], title: 'x' }],
  ['unchecked="wrong on purpose"', { unchecked: 'wrong on purpose' }],
  ['{0, 3-2, 5 - 6}', { highlight: [5, 6] }],
  ['{1} {3}', { highlight: [1, 3] }],
  ['norun="needs a GPU" {1}', { norun: 'needs a GPU', highlight: [1] }],
])('the info string %s', (meta, expected) => {
  expect(parseFence(meta)).toEqual({ fence: { ...plain, ...expected }, unknown: [] });
});

test('words that mean nothing are named', () => {
  expect(parseFence('title=x unchecked showLineNumbers').unknown).toEqual([
    'title=x',
    'unchecked',
    'showLineNumbers',
  ]);
});

test('an empty title is none; a word has its quotes closed', () => {
  expect(parseFence('title="" title="a"b {x}').unknown).toEqual(['title=""', 'title="a"b', '{x}']);
});

test('a fence that says nothing is neither run nor output', () => {
  expect(fenceSchema.parse({})).toEqual(plain);
});
