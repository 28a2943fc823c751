import { spawn } from 'node:child_process';
import type { Ending } from './outcome.ts';
import type { Write } from './step.ts';

interface CommandOptions {
  env?: NodeJS.ProcessEnv;
  /** Minutes after which the command is ended. A hung browser or training must not hang the run. */
  limit: number;
  write: Write;
}

/** Runs a command without standard input, hands its output on, and says how it ended. */
export function runCommand(
  command: string,
  args: readonly string[],
  { env = process.env, limit, write }: CommandOptions,
): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
    }, limit * 60_000);
    child.stdout.setEncoding('utf8').on('data', write);
    child.stderr.setEncoding('utf8').on('data', write);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(late ? 'the time limit' : (code ?? 'a signal'));
    });
  });
}
