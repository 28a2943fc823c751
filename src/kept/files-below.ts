import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Every file below a folder, links too, in one order on every machine. None when the folder is not there. */
export async function filesBelow(dir: string): Promise<string[]> {
  const items = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  return items
    .filter((item) => !item.isDirectory())
    .map((item) => join(item.parentPath, item.name))
    .sort();
}
