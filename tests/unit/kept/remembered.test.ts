import { expect, test } from 'vitest';
import { remembered } from '../../../src/kept/remembered.ts';

test('a value is made once; what a round does not ask for is forgotten in the next', () => {
  const memory = remembered<string>(
    new Map([
      ['old', 'kept'],
      ['unused', 'kept'],
    ]),
  );
  const made: string[] = [];
  const ask = (key: string) =>
    memory.recall(key, () => {
      made.push(key);
      return `made ${key}`;
    });
  memory.nextRound();
  expect([ask('old'), ask('new'), ask('new')]).toEqual(['kept', 'made new', 'made new']);
  expect([...memory.asked().keys()]).toEqual(['old', 'new']);
  memory.nextRound();
  expect([ask('new'), ask('unused')]).toEqual(['made new', 'made unused']);
  expect(made).toEqual(['new', 'unused']);
});
