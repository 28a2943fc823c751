import { expect, test } from 'vitest';
import { pageSet } from '../../../src/navigation/page-set.ts';
import { page } from './trainers.ts';

const annotated = page('trainers/dpo', 'annotated', ['dpo']);
const shared = page('guides/a-survey', 'guide', ['sft', 'dpo'], 'A survey');
const own = page('guides/dpo-loss', 'guide', ['dpo'], 'The DPO loss');

test('names one page a kind and marks the current one', () => {
  expect(pageSet(annotated, [annotated, own])).toEqual([
    { kind: 'guide', page: own, current: false },
    { kind: 'annotated', page: annotated, current: true },
    { kind: 'script', page: undefined, current: false },
  ]);
});

test("prefers the trainer's own guide to one that serves it among others", () => {
  const guideOf = (pages: (typeof own)[]) => pageSet(annotated, pages).find(({ kind }) => kind === 'guide');
  expect(guideOf([shared, own, annotated])?.page).toBe(own);
  expect(guideOf([shared, annotated])?.page).toBe(shared);
});

test('a survey belongs to no set, though it names the trainer first', () => {
  const survey = page('guides/choosing', 'guide', ['dpo', 'sft', 'kto', 'orpo'], 'A choice');
  expect(pageSet(annotated, [survey, annotated]).find(({ kind }) => kind === 'guide')?.page).toBeUndefined();
  expect(pageSet(survey, [survey, annotated])).toEqual([]);
});

test('a page that serves no trainer has no set', () => {
  expect(pageSet(page('guides/padding', 'guide', []), [annotated])).toEqual([]);
});
