import { open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Original } from './original.ts';

/** The file was changed by somebody else after it was read. */
export class ChangedMeanwhile extends Error {
  constructor(path: string) {
    super(`${path} was changed while it was being mended, and is left as it is; run the command again`);
    this.name = 'ChangedMeanwhile';
  }
}

/**
 * Replaces the text of a file in one step: written to a new file beside it, and renamed. Whoever reads meanwhile
 * sees the old text or the new one. Permissions are kept.
 *
 * @throws ChangedMeanwhile when the file is no longer what was read
 */
export async function replaceText({ path, bytes, mode }: Original, text: string): Promise<void> {
  // Hidden, so that neither the reader of the content nor an editor takes it for a page.
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.fix`);
  try {
    const file = await open(beside, 'wx', mode);
    try {
      await file.writeFile(text);
      await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
    if (!(await readFile(path)).equals(bytes)) throw new ChangedMeanwhile(path);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
