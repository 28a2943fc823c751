import { existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the build with this number renders, and where the old site lies while the new one takes its place. */
export function buildFolders(dir: string, pid: number): { out: string; aside: string } {
  return { out: join(dir, String(pid)), aside: join(dir, `${pid}-old`) };
}

/**
 * Clears what builds that were killed left behind. A build that was killed between two renames left no target:
 * its old site is put back. Only while holding the lock: nobody else builds.
 *
 * @param dir the folder that builds work in
 * @param target the served site
 */
export async function clearLeftovers(dir: string, target: string): Promise<void> {
  const names = await readdir(dir);
  const [aside] = names.filter((name) => /^\d+-old$/.test(name));
  if (aside !== undefined && !existsSync(target)) await rename(join(dir, aside), target);
  const left = names.filter((name) => /^\d+(?:-old)?$/.test(name));
  await Promise.all(left.map((name) => rm(join(dir, name), { recursive: true, force: true })));
}
