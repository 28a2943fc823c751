import { mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file that a command is about to write. */
export interface NewFile {
  path: string;
  text: string;
}

/**
 * Writes files that are not there yet: all of them, or none. A file that has appeared meanwhile is never
 * overwritten. Folders are made as needed.
 *
 * @throws the error of the first file that could not be written; those written before, and its beginning, are removed again
 */
export async function writeNewFiles(files: readonly NewFile[]): Promise<void> {
  const written: string[] = [];
  const made: string[] = [];
  try {
    for (const { path, text } of files) {
      const first = await mkdir(dirname(path), { recursive: true });
      if (first !== undefined) made.push(first);
      const file = await open(path, 'wx');
      // From here on the file is ours: on a full disk it is there before its text is.
      written.push(path);
      try {
        await file.writeFile(text);
      } finally {
        await file.close();
      }
    }
  } catch (error) {
    for (const path of written) await rm(path, { force: true });
    for (const folder of made.reverse()) await rm(folder, { recursive: true, force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`nothing was written: ${reason}`, { cause: error });
  }
}
