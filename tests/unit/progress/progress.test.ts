import { expect, test } from 'vitest';
import {
  isAnswered,
  markPage,
  mergeProgress,
  noProgress,
  openPage,
  type Progress,
  pageState,
  readAt,
  tickAnswer,
} from '../../../src/progress/progress.ts';

const [t1, t2, t3, t4] = [1, 2, 3, 4].map((day) => `2026-10-0${day}T08:00:00.000Z`);
if (!t1 || !t2 || !t3 || !t4) throw new Error('four times');

test('a page is unread, then opened, then read when the reader says so, and can be taken back', () => {
  const opened = openPage(noProgress, 'trainers/sft', t1);
  const read = markPage(opened, 'trainers/sft', true, t2);
  const taken = markPage(read, 'trainers/sft', false, t3);
  expect([noProgress, opened, read, taken].map((each) => pageState(each, 'trainers/sft'))).toEqual([
    'unread',
    'opened',
    'read',
    'opened',
  ]);
  expect(readAt(read, 'trainers/sft')).toBe(t2);
  expect(readAt(taken, 'trainers/sft')).toBeUndefined();
});

test('opening a page again changes nothing but the path that is followed', () => {
  const once = openPage(noProgress, 'trainers/sft', t1, 'beginner');
  expect(once.last).toEqual({ path: 'beginner', at: t1 });
  expect(openPage(once, 'trainers/sft', t2)).toEqual(once);
  expect(openPage(once, 'trainers/sft', t2, 'rl')).toEqual({ ...once, last: { path: 'rl', at: t2 } });
});

test('a page that only its mark names is not opened', () => {
  const marked = markPage(noProgress, 'glossary', false, t1, 'beginner');
  expect(pageState(marked, 'glossary')).toBe('unread');
  expect(marked.last).toEqual({ path: 'beginner', at: t1 });
});

test('a check-point belongs to the step of one path', () => {
  const ticked = tickAnswer(noProgress, 'rl', 'trainers/ppo', true, t1);
  expect(isAnswered(ticked, 'rl', 'trainers/ppo')).toBe(true);
  expect(isAnswered(ticked, 'dpo', 'trainers/ppo')).toBe(false);
  expect(isAnswered(tickAnswer(ticked, 'rl', 'trainers/ppo', false, t2), 'rl', 'trainers/ppo')).toBe(false);
});

test('names that every object has are no pages', () => {
  expect(pageState(noProgress, 'constructor')).toBe('unread');
  expect(isAnswered(noProgress, 'to', 'string')).toBe(false);
});

const here = tickAnswer(
  markPage(openPage(noProgress, 'trainers/sft', t2, 'beginner'), 'trainers/sft', true, t3),
  'beginner',
  'trainers/sft',
  true,
  t3,
);
const there = markPage(
  markPage(openPage(noProgress, 'trainers/sft', t1, 'rl'), 'trainers/sft', false, t4, 'rl'),
  'trainers/ppo',
  true,
  t2,
);

test('a merge keeps what either has: the later mark, the earlier visit, the path followed last', () => {
  expect(mergeProgress(here, there)).toEqual({
    format: 'annotated-trainers/progress',
    version: 1,
    pages: {
      'trainers/ppo': { read: { on: true, at: t2 } },
      'trainers/sft': { opened: t1, read: { on: false, at: t4 } },
    },
    answered: { 'beginner:trainers/sft': { on: true, at: t3 } },
    last: { path: 'rl', at: t4 },
  });
});

test('a visit elsewhere, however late, does not take a mark away', () => {
  const visited = openPage(noProgress, 'trainers/sft', t4);
  expect(pageState(mergeProgress(here, visited), 'trainers/sft')).toBe('read');
});

test('neither order nor repetition of merges matters', () => {
  const third = markPage(openPage(noProgress, 'glossary', t1, 'dpo'), 'trainers/sft', true, t4, 'dpo');
  const all: Progress[] = [here, there, third, noProgress];
  for (const a of all) {
    expect(mergeProgress(a, a)).toEqual(mergeProgress(a, noProgress));
    for (const b of all) {
      expect(mergeProgress(a, b)).toEqual(mergeProgress(b, a));
      for (const c of all) {
        expect(mergeProgress(mergeProgress(a, b), c)).toEqual(mergeProgress(a, mergeProgress(b, c)));
      }
    }
  }
});
