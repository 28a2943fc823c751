import { expect, test } from 'vitest';
import type { Chooser } from '../../../src/collections/chooser.ts';
import { sitePage } from '../../../src/navigation/site-pages.ts';
import { trainer } from './trainers.ts';

const words = (count: number) => 'word '.repeat(count);
const term = (definition: string) => ({ id: 'x', term: 'x', plain: [], definition, see: [], papers: [] });

test('reading the glossary takes as long as its definitions', () => {
  const minutes = (count: number) =>
    sitePage('glossary', { trainers: [], glossary: [term(words(count)), term(words(count))] })?.minutes;
  expect([minutes(100), minutes(1000)]).toEqual([1, 10]);
});

test('reading the catalogue takes as long as what its rows say', () => {
  const row = { ...trainer('sft', 'supervised'), summary: words(40) };
  const minutes = (rows: number) =>
    sitePage('trainers', { trainers: Array.from({ length: rows }, () => row), glossary: [] })?.minutes;
  expect([minutes(1), minutes(50)]).toEqual([1, 11]);
});

test('the quick reference counts formulas and code, of the trainers that it shows', () => {
  const reference = {
    loss: 'x',
    where: words(25),
    first_loss: words(25),
    first_loss_recorded: 1,
    key_arguments: ['beta'],
    minimal: 'line\n'.repeat(10),
  };
  const shown = { ...trainer('sft', 'supervised'), reference };
  const minutes = (...trainers: Parameters<typeof sitePage>[1]['trainers'][number][]) =>
    sitePage('reference', { trainers, glossary: [] })?.minutes;
  // A quarter of a minute for 50 words and one for the formula, half a minute for ten lines.
  expect(minutes(shown, shown, shown, shown)).toBe(4);
  expect(minutes(trainer('dpo', 'preference'))).toBe(1);
});

test('the chooser takes as long as its wordiest route, and is no page without its questions', () => {
  const answer = { id: 'a', label: words(50) };
  const result = (id: string, reason: string) => ({
    id,
    take: ['sft'],
    reason,
    runners_up: [],
    caveats: [],
    first: 'Go.',
    read: [],
  });
  const chooser: Chooser = {
    questions: [
      {
        id: 'q',
        ask: 'What?',
        help: words(100),
        answers: [
          { ...answer, next: 'r' },
          { ...answer, result: 'x' },
        ],
      },
      {
        id: 'r',
        ask: 'And?',
        help: words(400),
        answers: [
          { ...answer, result: 'y' },
          { ...answer, result: 'x' },
        ],
      },
    ],
    results: [result('x', words(100)), result('y', words(300))],
    never: [],
  };
  // 100 + 2·50 and 400 + 2·50 words of questions, 300 of the longer result: a thousand, at 200 a minute.
  expect(sitePage('choose', { trainers: [], glossary: [], chooser })?.minutes).toBe(5);
  expect(sitePage('choose', { trainers: [], glossary: [] })).toBeUndefined();
});
