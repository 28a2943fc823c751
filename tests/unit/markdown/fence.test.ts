import { expect, test } from 'vitest';
import { parseFence } from '../../../src/markdown/fence.ts';

const plain = { highlight: [], executed: false, output: false, markers: [] };

test.each([
  ['', {}],
  ['title="First loss"', { title: 'First loss' }],
  ['{2,4-6} title="x"', { highlight: [2, 4, 5, 6], title: 'x' }],
  ['unchecked="wrong on purpose"', { unchecked: 'wrong on purpose' }],
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
