import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';

/**
 * Puts a built folder in the place of another. At no time is there a half-written target: the old one is
 * renamed aside, the new one renamed in, the old one removed. When the new one cannot be moved, the old one
 * is put back. Both folders lie on one file system.
 *
 * @param built the new folder; gone afterwards
 * @param target the place it takes; need not exist
 * @param aside where the old one lies meanwhile; must not exist
 */
export async function swapIn(built: string, target: string, aside: string): Promise<void> {
  const replaces = existsSync(target);
  if (replaces) await rename(target, aside);
  try {
    await rename(built, target);
  } catch (error) {
    if (replaces) await rename(aside, target);
    throw new Error(`cannot move ${built} to ${target}; ${target} is as before`, { cause: error });
  }
  await rm(aside, { recursive: true, force: true });
}
