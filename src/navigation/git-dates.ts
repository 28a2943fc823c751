import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The days of a file's first and last commit, as `2026-11-24`. A renamed file is as old as its name. */
export interface Committed {
  first: string;
  last: string;
}

/**
 * When each file below `dir` was committed, by path relative to `dir`.
 * One call of git for all files. Empty where there is no git, no repository, or only a shallow clone,
 * in which every file would seem to be as old as its one commit.
 */
export async function committed(dir: string): Promise<ReadonlyMap<string, Committed>> {
  try {
    const shallow = await run('git', ['rev-parse', '--is-shallow-repository'], { cwd: dir });
    if (shallow.stdout.trim() !== 'false') return new Map();
    const log = ['-c', 'core.quotePath=false', 'log', '--format=%x00%cI', '--name-only', '--relative'];
    const { stdout } = await run('git', [...log, '--', '.'], { cwd: dir, maxBuffer: 2 ** 28 });
    return commitDates(stdout);
  } catch {
    return new Map();
  }
}

/**
 * Reads `git log --format=%x00%cI --name-only`, newest commit first: the first that names a file is its newest, the
 * last its oldest.
 */
export function commitDates(log: string): Map<string, Committed> {
  const dates = new Map<string, Committed>();
  for (const commit of log.split('\0').slice(1)) {
    const [date = '', ...files] = commit.split('\n').filter((line) => line !== '');
    const day = date.slice(0, 10);
    for (const file of files) dates.set(file, { first: day, last: dates.get(file)?.last ?? day });
  }
  return dates;
}
