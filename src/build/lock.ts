import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Another build holds the lock. */
export class LockedError extends Error {
  constructor(file: string, pid: number) {
    super(
      `expected no other build, found one running as process ${pid}\n` +
        `  Wait for it to end. If that process is no build, remove ${file}.`,
    );
    this.name = 'LockedError';
  }
}

/**
 * Does work while holding a lock file that names this process. A lock whose process is gone is taken over.
 *
 * @throws LockedError when a living process holds it
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  await acquire(file);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function acquire(file: string): Promise<void> {
  // Twice: the first try may meet the lock of a build that was killed.
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const lock = await open(file, 'wx');
      await lock.writeFile(`${process.pid}\n`);
      await lock.close();
      return;
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw new Error(`cannot create the lock ${file}`, { cause: error });
    }
    const pid = Number(await readFile(file, 'utf8').catch(() => ''));
    if (isAlive(pid)) throw new LockedError(file, pid);
    await rm(file, { force: true });
  }
  throw new LockedError(file, Number(await readFile(file, 'utf8')));
}

/** Whether a process with this id runs; one that belongs to somebody else does. */
function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
