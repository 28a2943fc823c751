import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** One value for the names and bytes of all files of a folder. */
export async function digestOf(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const path = join(folder, name);
    const found = await stat(path);
    hash.update(`${name}\0`);
    if (found.isFile()) hash.update(await readFile(path));
  }
  return hash.digest('hex');
}
