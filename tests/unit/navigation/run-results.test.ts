import { expect, test } from 'vitest';
import type { RecordedRun } from '../../../src/collections/recorded-run.ts';
import { runResults } from '../../../src/navigation/run-results.ts';

const run = (results: RecordedRun['results'], args: string[], variant?: string): RecordedRun => ({
  script: 'dpo_training',
  trainers: ['dpo'],
  args,
  ...(variant ? { variant } : {}),
  date: '2026-11-24',
  seed: 0,
  inputs: {},
  versions: {},
  hardware: 'one CPU thread',
  seconds: 1,
  peak_memory_mb: 1,
  series: {},
  results,
  output: [],
  samples: [],
});

test('results before and after training stand in one column, variants in rows of their own', () => {
  const runs = [
    run({ ascending_before: 0.5, ascending_after: 0.9, win_rate: 0.7, note: 'x' }, ['--tiny']),
    run({ ascending_before: 0.5, ascending_after: 0.2 }, ['--tiny', '--bug', 'both-fall'], 'bug-both-fall'),
  ];
  expect(runResults(runs)).toEqual({
    names: ['ascending', 'win_rate'],
    rows: [
      { label: 'before training', code: false, values: [0.5, undefined] },
      { label: 'after the run', code: false, values: [0.9, 0.7] },
      { label: '--bug both-fall', code: true, values: [0.2, undefined] },
    ],
  });
});

test('without a plain run there is nothing to compare with', () => {
  expect(runResults([run({ a: 1 }, ['--bug', 'x'], 'bug-x')])).toEqual({ names: [], rows: [] });
});
