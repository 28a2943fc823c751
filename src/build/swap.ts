import { existsSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { exchange } from './exchange.ts';

/**
 * Puts a built folder in the place of another. At no time is there a half-written target: the two are exchanged
 * in one step. Where the machine cannot do that, the old one is renamed aside and the new one in, at once; when
 * the new one cannot be moved, the old one is put back. Both folders lie on one file system.
 *
 * @param built the new folder; gone afterwards
 * @param target the place it takes; need not exist
 * @param aside where the old one lies meanwhile, if need be; must not exist
 */
export async function swapIn(
  built: string,
  target: string,
  aside: string,
  exchanges: (a: string, b: string) => boolean = exchange,
): Promise<void> {
  if (existsSync(built) && existsSync(target) && exchanges(built, target)) {
    await rm(built, { recursive: true, force: true });
    return;
  }
  const replaces = existsSync(target);
  if (replaces) renameSync(target, aside);
  try {
    renameSync(built, target);
  } catch (error) {
    if (replaces) renameSync(aside, target);
    throw new Error(`cannot move ${built} to ${target}; ${target} is as before`, { cause: error });
  }
  await rm(aside, { recursive: true, force: true });
}
