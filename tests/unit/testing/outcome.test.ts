import { describe, expect, test } from 'vitest';
import { problem } from '../../../src/errors/problem.ts';
import { checkOutcome } from '../../../src/testing/check-outcome.ts';
import {
  judgeRunner,
  type Outcome,
  oneFailed,
  onePassed,
  sumOutcomes,
} from '../../../src/testing/outcome.ts';

const passing: Outcome = { passed: 3, failures: [], skips: [] };
const failing: Outcome = { passed: 2, failures: [{ title: 'adds', message: '1 is not 2' }], skips: [] };

test('outcomes add up, and failures keep their order', () => {
  const total = sumOutcomes([passing, failing, oneFailed('build', 'ended with 1'), onePassed]);
  expect(total.passed).toBe(6);
  expect(total.failures.map(({ title }) => title)).toEqual(['adds', 'build']);
});

describe('a runner is judged by its report and by the way it ended', () => {
  test('a report without failures and exit 0 stand as they are', () => {
    expect(judgeRunner('unit tests', 0, passing)).toBe(passing);
  });

  test('a report with failures stands, whatever the exit code', () => {
    expect(judgeRunner('unit tests', 1, failing)).toBe(failing);
    expect(judgeRunner('unit tests', 0, failing)).toBe(failing);
  });

  test('a runner that crashed after its tests has failed, though each of them passed', () => {
    const judged = judgeRunner('python tests', 139, passing);
    expect(judged.passed).toBe(3);
    expect(judged.failures).toEqual([
      { title: 'python tests', message: 'the runner ended with 139 though no test failed' },
    ]);
  });

  test('a runner without a report has failed, even with exit 0', () => {
    expect(judgeRunner('site tests', 0, undefined)).toEqual(
      oneFailed('site tests', 'the runner ended with 0 and left no readable report'),
    );
  });

  test('a runner that was ended at its time limit says so', () => {
    expect(judgeRunner('browser tests', 'the time limit', undefined).failures[0]?.message).toContain(
      'ended with the time limit',
    );
  });

  test('a runner that ran no test has failed, also when it skipped some', () => {
    const skipped: Outcome = { passed: 0, failures: [], skips: [{ title: 'on a GPU', reason: 'no GPU' }] };
    const judged = judgeRunner('python tests', 0, skipped);
    expect(judged.failures).toEqual([{ title: 'python tests', message: 'the runner ran no test' }]);
    expect(judged.skips).toEqual(skipped.skips);
  });
});

test('the check passes with warnings, and fails once for each error, at its place', () => {
  const place = { file: 'content/papers.yaml', line: 3, column: 5 };
  const warning = problem('biome', place, 'unsorted', { severity: 'warning' });
  const error = problem('yaml-field', place, 'expected a year', { suggestion: 'add one' });
  expect(checkOutcome([warning])).toEqual(onePassed);
  expect(checkOutcome([warning, error, error])).toEqual({
    passed: 0,
    failures: [1, 2].map(() => ({
      title: 'check: content/papers.yaml:3:5  yaml-field',
      message: 'expected a year\nadd one',
    })),
    skips: [],
  });
});
