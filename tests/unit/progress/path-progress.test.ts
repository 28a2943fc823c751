import { expect, test } from 'vitest';
import { continuation, pathProgress } from '../../../src/progress/path-progress.ts';
import { markPage, noProgress, openPage, type Progress } from '../../../src/progress/progress.ts';

const at = '2026-10-01T08:00:00.000Z';
const steps = (...refs: string[]) => refs.map((ref, index) => ({ ref, minutes: 10 * (index + 1) }));
const beginner = { slug: 'beginner', after: [], steps: steps('trainers', 'trainers/sft') };
const rl = {
  slug: 'rl',
  after: ['beginner'],
  steps: steps('trainers/ppo', 'trainers/rloo', 'trainers/grpo'),
};
const production = { slug: 'production', after: [], steps: steps('guides/packing') };
const paths = [beginner, production, rl];
const readAll = (progress: Progress, refs: string[], path?: string) =>
  refs.reduce((so, ref) => markPage(so, ref, true, at, path), progress);

test('a path counts its read pages, and what is left in minutes', () => {
  const progress = markPage(openPage(noProgress, 'trainers/ppo', at), 'trainers/rloo', true, at);
  expect(pathProgress(progress, rl)).toEqual({
    read: 1,
    total: 3,
    minutesLeft: 40,
    states: ['opened', 'read', 'unread'],
    next: rl.steps[0],
    begun: true,
  });
});

test('a path that is read has no next page', () => {
  const progress = readAll(noProgress, ['trainers', 'trainers/sft']);
  expect(pathProgress(progress, beginner)).toMatchObject({ read: 2, minutesLeft: 0, next: undefined });
});

test('who has begun nothing has nothing to go on with', () => {
  expect(continuation(noProgress, paths)).toBeUndefined();
  expect(pathProgress(noProgress, rl).begun).toBe(false);
});

test('a reader goes on with the path followed last, not with the one that is further', () => {
  const further = readAll(noProgress, ['trainers/ppo', 'trainers/rloo'], 'rl');
  expect(continuation(openPage(further, 'trainers', at, 'beginner'), paths)).toEqual({
    path: beginner,
    finished: undefined,
  });
});

test('after a path comes one that builds on it, before others that stand earlier', () => {
  const done = readAll(noProgress, ['trainers', 'trainers/sft'], 'beginner');
  expect(continuation(done, paths)).toEqual({ path: rl, finished: beginner });
  const both = readAll(done, ['trainers/ppo', 'trainers/rloo', 'trainers/grpo'], 'rl');
  expect(continuation(both, paths)).toEqual({ path: production, finished: rl });
  expect(continuation(readAll(both, ['guides/packing']), paths)).toEqual({ path: undefined, finished: rl });
});

test('without a path followed last, or with one that is gone, the most read one counts', () => {
  const progress = openPage(readAll(noProgress, ['trainers/rloo']), 'trainers', at);
  expect(continuation(progress, paths)?.path).toBe(rl);
  expect(continuation({ ...progress, last: { path: 'gone', at } }, paths)?.path).toBe(rl);
});
