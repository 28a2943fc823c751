import { lstat, readFile, realpath } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';

/** A content file as it was read before any change. */
export interface Original {
  path: string;
  bytes: Buffer;
  /** Byte order mark and line ends included. */
  text: string;
  /** Permissions. */
  mode: number;
}

/**
 * Reads a file that is to be changed.
 *
 * @param file as problems name it: relative to the working directory
 * @returns the file, or why it must not be changed: a link, or a folder that is one, may lead anywhere
 */
export async function readOriginal(file: string, contentDir: string): Promise<Original | string> {
  const path = resolve(file);
  try {
    const stats = await lstat(path);
    if (stats.isSymbolicLink()) return 'it is a symbolic link: mend the file that it points at';
    const [real, root] = await Promise.all([realpath(path), realpath(contentDir)]);
    const below = relative(root, real);
    if (below.startsWith(`..${sep}`) || below === '..' || resolve(root, below) !== real) {
      return `it lies outside ${contentDir}`;
    }
    const bytes = await readFile(path);
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { path, bytes, text, mode: stats.mode & 0o7777 };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
