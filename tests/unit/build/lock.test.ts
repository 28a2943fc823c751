import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LockedError, withLock } from '../../../src/build/lock.ts';

let dir: string;
let lock: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'lock-'));
  lock = join(dir, '.build/lock');
});
afterEach(() => rm(dir, { recursive: true }));

test('the lock names this process while the work runs, and is free after it', async () => {
  expect(await withLock(lock, () => readFile(`${lock}.1`, 'utf8'))).toMatch(new RegExp(`^${process.pid}\\b`));
  expect(await readFile(`${lock}.1`, 'utf8')).toBe('');
});

test('however often it is taken, one file is left', async () => {
  for (let i = 0; i < 3; i++) await withLock(lock, async () => undefined);
  expect(await readdir(dirname(lock))).toEqual(['lock.3']);
});

test('a second build is refused, with the process that runs, and the first keeps its lock', async () => {
  await withLock(lock, async () => {
    const refused = await withLock(lock, async () => 'ran').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(LockedError);
    expect(refused).toMatchObject({
      message:
        `expected no other build, found one running as process ${process.pid}\n` +
        `  Wait for it to end. If that process is no build, remove ${lock}.1.`,
    });
    expect(await readFile(`${lock}.1`, 'utf8')).not.toBe('');
  });
});

test.each([
  ['a process that ended', () => String(spawnSync(process.execPath, ['-e', '']).pid)],
  ['nothing', () => ''],
  ['a process of this number that began at another time', () => `${process.pid} 1 another-boot`],
])('a lock that names %s is taken over', async (_, content) => {
  await withLock(lock, async () => undefined);
  await writeFile(`${lock}.1`, content());
  expect(await withLock(lock, async () => 'ran')).toBe('ran');
});

test('failed work lets go of the lock', async () => {
  await expect(withLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withLock(lock, async () => 'ran')).toBe('ran');
});
