import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { withLock } from '../../build/lock.ts';
import { swapIn } from '../../build/swap.ts';
import type { EntryFile } from '../entry-file.ts';

/**
 * Makes a content folder in one step: its files are written beside it, and the folder is renamed into place when
 * `judge` has not thrown. Whatever fails, the target is as before and nothing stays beside it.
 *
 * @param target absolute; a folder that is there is replaced
 * @param files paths below the folder, made by the import itself
 * @param judge looks at the written folder before it is moved
 */
export async function makeFolder(
  target: string,
  files: readonly EntryFile[],
  judge: (written: string) => Promise<void>,
): Promise<void> {
  const parent = dirname(target);
  const made = missingAbove(target);
  const name = join(parent, `.${basename(target)}.import`);
  const stage = `${name}-${process.pid}`;
  const clean = () => rm(stage, { recursive: true, force: true });
  try {
    await withLock(lockOf(target), async () => {
      try {
        for (const folder of new Set(files.map(({ path }) => dirname(join(stage, path))))) {
          await mkdir(folder, { recursive: true });
        }
        for (const { path, text } of files) await writeFile(join(stage, path), text, { flag: 'wx' });
        await judge(stage);
        await swapIn(stage, target, `${stage}-old`);
      } finally {
        await clean();
      }
    });
  } catch (error) {
    for (const folder of made) await rmdir(folder).catch(() => undefined);
    throw error;
  }
}

/** The lock of a target lies in the checkout: nothing is left beside a folder that belongs to somebody else. */
function lockOf(target: string): string {
  return `.build/import-${createHash('sha256').update(target).digest('hex').slice(0, 12)}`;
}

/** Folders above the target that are not there yet, the deepest first. */
function missingAbove(target: string): string[] {
  const missing: string[] = [];
  for (let folder = dirname(target); !existsSync(folder); folder = dirname(folder)) missing.push(folder);
  return missing;
}
