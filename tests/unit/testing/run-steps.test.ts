import { expect, test } from 'vitest';
import { oneFailed, onePassed } from '../../../src/testing/outcome.ts';
import { runSteps } from '../../../src/testing/run-steps.ts';
import type { Step } from '../../../src/testing/step.ts';
import { summary } from '../../../src/testing/summary.ts';

const step = (name: string, rest: Partial<Step> = {}): Step => ({
  name,
  heading: `The ${name}`,
  needs: [],
  run: async () => onePassed,
  ...rest,
});

async function runQuietly(steps: Step[], lanes = 2) {
  let written = '';
  const finished = await runSteps(steps, { lanes, out: (text) => (written += text) });
  return { finished, written };
}

test('a step whose need failed is not run, and counts as failed with the name of the need', async () => {
  let ran = false;
  const { finished } = await runQuietly([
    step('build', { run: async () => oneFailed('build', 'ended with 1') }),
    step('site tests', {
      needs: ['build'],
      run: async () => {
        ran = true;
        return onePassed;
      },
    }),
    step('python tests'),
  ]);
  expect(ran).toBe(false);
  expect(finished.map(({ outcome }) => outcome)).toEqual([
    oneFailed('build', 'ended with 1'),
    oneFailed('site tests', 'not run: it needs build, which failed'),
    onePassed,
  ]);
});

test('`after` waits for a step, however it ends', async () => {
  const order: string[] = [];
  await runQuietly([
    step('build', {
      after: ['check'],
      run: async () => {
        order.push('build');
        return onePassed;
      },
    }),
    step('check', {
      run: async () => {
        order.push('check');
        return oneFailed('check', 'ended with 1');
      },
    }),
  ]);
  expect(order).toEqual(['check', 'build']);
});

test('a step that throws has failed with what it said', async () => {
  const { finished } = await runQuietly([
    step('browser', { run: () => Promise.reject(new Error('no Chromium\n  cure: install it')) }),
  ]);
  expect(finished[0]?.outcome).toEqual(oneFailed('browser', 'no Chromium\n  cure: install it'));
});

test('steps side by side write one after the other, in the order of the list', async () => {
  const firstMayEnd = Promise.withResolvers<void>();
  const { written } = await runQuietly([
    step('one', {
      run: async (write) => {
        write('a\n');
        await firstMayEnd.promise;
        write('b\n');
        return onePassed;
      },
    }),
    step('two', {
      run: async (write) => {
        write('c\n');
        firstMayEnd.resolve();
        return onePassed;
      },
    }),
  ]);
  const lines = written.split('\n').filter((line) => line !== '' && !line.startsWith('--'));
  expect(lines).toEqual(['== The one', 'a', 'b', '== The two', 'c']);
});

test('steps that wait for one another are an error, not a hang', async () => {
  const run = runQuietly([step('hen', { needs: ['egg'] }), step('egg', { needs: ['hen'] })]);
  await expect(run).rejects.toThrow('wait for one another');
});

test('the summary repeats failures and skips, and ends with the counts alone on a line', async () => {
  const { finished } = await runQuietly([
    step('check'),
    step('unit tests', {
      run: async () => ({
        passed: 41,
        failures: [{ title: 'sums.test.ts > divides', message: 'expected 2\nfound 3' }],
        skips: [{ title: 'sums.test.ts > roots', reason: 'todo' }],
      }),
    }),
  ]);
  const lines = summary(finished).split('\n');
  expect(lines).toContain('skipped: sums.test.ts > roots: todo');
  expect(lines.slice(-5)).toEqual([
    'FAILED: sums.test.ts > divides',
    '    expected 2',
    '    found 3',
    '42 passed, 1 failed',
    '',
  ]);
});
