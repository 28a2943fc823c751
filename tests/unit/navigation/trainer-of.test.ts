import { expect, test } from 'vitest';
import { trainerOf } from '../../../src/navigation/page.ts';
import { page, trainer } from './trainers.ts';

const trainers = [trainer('sft', 'supervised', 1), trainer('dpo', 'preference', 2)];

test('a page belongs to the first trainer that it names', () => {
  expect(trainerOf(page('guides/both', 'guide', ['dpo', 'sft']), trainers)?.slug).toBe('dpo');
});

test('a survey belongs to none', () => {
  const survey = page('guides/choosing', 'guide', ['sft', 'dpo', 'kto', 'orpo']);
  expect(trainerOf(survey, trainers)).toBeUndefined();
});
