import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { processIdentity } from './process-identity.ts';

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

/*
 * A lock is the file `<stem>.<n>` with the greatest n: empty when it is free, otherwise it names its holder. It
 * is taken by making the next one. Nobody removes the newest, so a process that saw an old one, and is slow to
 * act on it, makes a file that is not the newest, and gives way. Removing and making one file anew would let
 * two processes that both saw a dead holder remove each other's fresh lock.
 */

/**
 * Does work while holding a lock that names this process. The lock of a process that is gone is taken over.
 *
 * @param stem path of the lock; its files are `<stem>.<n>`
 * @throws LockedError when a living process holds it
 */
export async function withLock<T>(stem: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(stem), { recursive: true });
  const file = await acquire(stem);
  try {
    return await work();
  } finally {
    await truncate(file).catch(() => undefined);
  }
}

/** Takes the lock and returns its file. */
async function acquire(stem: string): Promise<string> {
  // Written under another name and linked: a lock never stands there without its holder.
  const draft = `${stem}.draft-${process.pid}-${randomUUID()}`;
  try {
    await writeFile(draft, `${await processIdentity(process.pid)}\n`);
    for (;;) {
      const current = await newest(stem);
      await refuseWhenHeld(`${stem}.${current}`);
      const mine = `${stem}.${current + 1}`;
      const made = await link(draft, mine).then(
        () => true,
        (error: unknown) => {
          if (isCode(error, 'EEXIST')) return false;
          throw error;
        },
      );
      if (!made) continue;
      if ((await newest(stem)) === current + 1) {
        await removeOlder(stem, current + 1);
        return mine;
      }
      await rm(mine, { force: true });
    }
  } catch (error) {
    if (error instanceof LockedError) throw error;
    throw new Error(`cannot create the lock ${stem}`, { cause: error });
  } finally {
    await rm(draft, { force: true });
  }
}

async function refuseWhenHeld(file: string): Promise<void> {
  const holder = await readFile(file, 'utf8').catch(() => '');
  const pid = Number.parseInt(holder, 10);
  if (holder.trim() !== '' && (await processIdentity(pid)) === holder.trim())
    throw new LockedError(file, pid);
}

/** The number of the newest lock file; 0 when there is none. */
async function newest(stem: string): Promise<number> {
  return Math.max(0, ...(await lockFiles(stem)).map(({ number }) => number));
}

/** Removes the locks before `number`, and drafts of processes that are gone. */
async function removeOlder(stem: string, number: number): Promise<void> {
  for (const file of await lockFiles(stem)) {
    const isOld = file.number < number;
    const isDraft = file.draftOf !== undefined && (await processIdentity(file.draftOf)) === undefined;
    if (file.draftOf === undefined ? isOld : isDraft) await rm(file.path, { force: true });
  }
}

/** The files of a lock; a draft has the number 0. */
async function lockFiles(stem: string) {
  const name = basename(stem);
  return (await readdir(dirname(stem))).flatMap((file) => {
    if (!file.startsWith(`${name}.`)) return [];
    const match = /^(?:(\d+)|draft-(\d+)-.*)$/.exec(file.slice(name.length + 1));
    if (!match) return [];
    const draftOf = match[2] === undefined ? undefined : Number(match[2]);
    return [{ path: `${dirname(stem)}/${file}`, number: Number(match[1] ?? 0), draftOf }];
  });
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
