import { expect, test } from 'vitest';
import { answered, readWalk, writeWalk } from '../../../src/chooser/address.ts';
import type { Graph } from '../../../src/chooser/graph.ts';

const graph: Graph = {
  questions: [
    {
      id: 'data',
      answers: [
        { id: 'text', result: 'sft' },
        { id: 'pairs', next: 'reference' },
      ],
    },
    {
      id: 'reference',
      answers: [
        { id: 'yes', result: 'dpo' },
        { id: 'no', result: 'cpo' },
      ],
    },
  ],
};
const pairs = { question: 'data', answer: 'pairs' };
const no = { question: 'reference', answer: 'no' };

test('without answers the first question is asked', () => {
  expect(readWalk('', graph)).toEqual({ steps: [], question: 'data', result: undefined, ignored: [] });
});

test('answers lead to a result, in whatever order the address has them', () => {
  const end = { steps: [pairs, no], question: undefined, result: 'cpo', ignored: [] };
  expect(readWalk('?data=pairs&reference=no', graph)).toEqual(end);
  expect(readWalk('?reference=no&data=pairs', graph)).toEqual(end);
});

test('an answer that its question does not have is left out, and the question is asked', () => {
  expect(readWalk('?data=pairs&reference=maybe', graph)).toEqual({
    steps: [pairs],
    question: 'reference',
    result: undefined,
    ignored: ['reference=maybe'],
  });
});

test('answers to questions that are not on the way, and unknown names, are left out', () => {
  const { steps, result, ignored } = readWalk('?data=text&reference=no&from=mail&x', graph);
  expect(steps).toEqual([{ question: 'data', answer: 'text' }]);
  expect(result).toBe('sft');
  expect(ignored).toEqual(['reference=no', 'from=mail', 'x']);
});

test('names with a dot belong to other parts of the page, and stay', () => {
  expect(readWalk('?data=pairs&memory.trainer=dpo', graph).ignored).toEqual([]);
  expect(writeWalk([pairs, no], '?stale=1&memory.trainer=dpo&data=text')).toBe(
    '?data=pairs&reference=no&memory.trainer=dpo',
  );
});

test('an address is read back as it was written; no answers leave none', () => {
  expect(readWalk(writeWalk([pairs, no]), graph).steps).toEqual([pairs, no]);
  expect(writeWalk([])).toBe('');
});

test('a new answer takes the place of the old one and of what followed it', () => {
  expect(answered([pairs], 'reference', 'no')).toEqual([pairs, no]);
  expect(answered([pairs, no], 'data', 'text')).toEqual([{ question: 'data', answer: 'text' }]);
});

test('questions that go round end the walk', () => {
  const round: Graph = { questions: [{ id: 'a', answers: [{ id: 'again', next: 'a' }] }] };
  expect(readWalk('?a=again', round)).toMatchObject({ steps: [{ question: 'a', answer: 'again' }] });
});

test('the learning path that the page was opened from is no answer, and stays', () => {
  expect(readWalk('?path=beginner', graph)).toMatchObject({ question: 'data', ignored: [] });
  expect(writeWalk([pairs], '?path=beginner')).toBe('?data=pairs&path=beginner');
});
