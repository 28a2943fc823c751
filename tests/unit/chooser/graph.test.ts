import { expect, test } from 'vitest';
import {
  cycles,
  firstLeads,
  type Graph,
  longest,
  questionOf,
  reached,
  routes,
} from '../../../src/chooser/graph.ts';

/** `data` asks on, or ends; two answers share the question `memory`. */
const graph: Graph = {
  questions: [
    {
      id: 'data',
      answers: [
        { id: 'text', result: 'sft' },
        { id: 'pairs', next: 'memory' },
        { id: 'votes', next: 'memory' },
      ],
    },
    {
      id: 'memory',
      answers: [
        { id: 'much', result: 'dpo' },
        { id: 'little', result: 'sft' },
      ],
    },
  ],
};

const round: Graph = {
  questions: [
    { id: 'a', answers: [{ id: 'on', next: 'b' }] },
    {
      id: 'b',
      answers: [
        { id: 'out', result: 'end' },
        { id: 'back', next: 'a' },
        { id: 'here', next: 'b' },
      ],
    },
  ],
};

test('every route, in the order of the answers', () => {
  expect(
    routes(graph).map(({ steps, result }) => `${steps.map(({ answer }) => answer).join(' ')}: ${result}`),
  ).toEqual(['text: sft', 'pairs much: dpo', 'pairs little: sft', 'votes much: dpo', 'votes little: sft']);
});

test('what nobody is led to is not reached', () => {
  const island = { id: 'island', answers: [{ id: 'x', result: 'palm' }] };
  const { questions, results } = reached({ questions: [...graph.questions, island] });
  expect([...questions]).toEqual(['data', 'memory']);
  expect([...results].sort()).toEqual(['dpo', 'sft']);
});

test('an answer that leads back is found, with the way around', () => {
  expect(cycles(graph)).toEqual([]);
  expect(cycles(round)).toEqual([
    { question: 1, answer: 1, around: ['a', 'b', 'a'] },
    { question: 1, answer: 2, around: ['b', 'b'] },
  ]);
  expect(() => routes(round)).toThrow('the questions go round: a → b → a');
});

test('a cycle that nobody is led to is one too', () => {
  const apart = { id: 'apart', answers: [{ id: 'again', next: 'apart' }] };
  expect(cycles({ questions: [...graph.questions, apart] })).toEqual([
    { question: 2, answer: 0, around: ['apart', 'apart'] },
  ]);
});

test('what several answers lead to stands at the first of them', () => {
  const { next, result } = firstLeads(graph);
  expect([...next]).toEqual([['memory', '0 1']]);
  expect([...result]).toEqual([
    ['sft', '0 0'],
    ['dpo', '1 0'],
  ]);
});

test('the longest way from a question on', () => {
  expect(longest(graph, 'data')).toBe(2);
  expect(longest(graph, 'memory')).toBe(1);
  expect(longest(graph, 'nothing')).toBe(0);
  expect(questionOf(graph, undefined)).toBeUndefined();
});
