import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { onePassed } from '../../../src/testing/outcome.ts';
import { runCommand } from '../../../src/testing/run-command.ts';
import { runRunner } from '../../../src/testing/runner.ts';

async function runProgram(program: string, earlierReport?: string) {
  const report = join(await mkdtemp(join(tmpdir(), 'runner-')), 'report.txt');
  if (earlierReport !== undefined) await writeFile(report, earlierReport);
  let written = '';
  const outcome = await runRunner(
    {
      step: 'program',
      command: process.execPath,
      args: ['-e', program, report],
      report,
      read: (text) => ({ ...onePassed, passed: Number(text) }),
      limit: 1,
    },
    (text) => (written += text),
  );
  return { outcome, written };
}

test('what a runner writes is handed on, and its report is read', async () => {
  const { outcome, written } = await runProgram(
    'console.log("running"); console.error("a warning"); require("fs").writeFileSync(process.argv[1], "7")',
  );
  expect(outcome).toEqual({ passed: 7, failures: [], skips: [] });
  expect(written).toContain('running');
  expect(written).toContain('a warning');
});

test('a report of an earlier run is not read for a runner that crashes', async () => {
  const { outcome } = await runProgram('process.kill(process.pid, "SIGKILL")', '7');
  expect(outcome.passed).toBe(0);
  expect(outcome.failures[0]?.message).toBe('the runner ended with a signal and left no readable report');
});

test('a command that hangs is ended at its limit', async () => {
  const ending = await runCommand(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    limit: 0.005,
    write: () => {},
  });
  expect(ending).toBe('the time limit');
});

test('a command that does not exist is an error that names it', async () => {
  await expect(runCommand('no-such-program', [], { limit: 1, write: () => {} })).rejects.toThrow(
    'no-such-program',
  );
});
