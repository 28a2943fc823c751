import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { judgeRunner, type Outcome } from './outcome.ts';
import { runCommand } from './run-command.ts';
import type { Write } from './step.ts';

interface Runner {
  /** Names the step in failures. */
  step: string;
  command: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  /** The file that the runner writes. */
  report: string;
  /** Reads that file. Throws when it is not a whole report. */
  read: (text: string) => Outcome;
  /** Minutes. */
  limit: number;
}

/** Runs a test runner and judges it by its report and its ending. */
export async function runRunner(runner: Runner, write: Write): Promise<Outcome> {
  await rm(runner.report, { force: true }); // a report of an earlier run must not be read for this one
  await mkdir(dirname(runner.report), { recursive: true });
  const ending = await runCommand(runner.command, runner.args, {
    env: runner.env,
    limit: runner.limit,
    write,
  });
  return judgeRunner(runner.step, ending, await readReport(runner));
}

async function readReport({ report, read }: Runner): Promise<Outcome | undefined> {
  try {
    return read(await readFile(report, 'utf8'));
  } catch {
    return undefined;
  }
}
