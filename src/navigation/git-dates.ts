import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * When each file below `dir` was last committed, by path relative to `dir`; an ISO date.
 * One call of git for all files. Empty where there is no git, no repository, or only a shallow clone,
 * in which every file would seem to be as old as its one commit.
 */
export async function lastCommitted(dir: string): Promise<ReadonlyMap<string, string>> {
  try {
    const shallow = await run('git', ['rev-parse', '--is-shallow-repository'], { cwd: dir });
    if (shallow.stdout.trim() !== 'false') return new Map();
    const log = ['-c', 'core.quotePath=false', 'log', '--format=%x00%cI', '--name-only', '--relative'];
    const { stdout } = await run('git', [...log, '--', '.'], { cwd: dir, maxBuffer: 2 ** 28 });
    return newestDates(stdout);
  } catch {
    return new Map();
  }
}

/** Reads `git log --format=%x00%cI --name-only`: the first commit that names a file is its newest. */
export function newestDates(log: string): Map<string, string> {
  const dates = new Map<string, string>();
  for (const commit of log.split('\0').slice(1)) {
    const [date = '', ...files] = commit.split('\n').filter((line) => line !== '');
    for (const file of files) if (!dates.has(file)) dates.set(file, date.slice(0, 10));
  }
  return dates;
}
