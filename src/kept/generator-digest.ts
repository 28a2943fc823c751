import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Settings, and the locked packages: a new release of any of them makes another digest. */
const rootFiles = ['astro.config.mjs', 'package-lock.json', 'tsconfig.json'];

/** One digest of all that makes a page out of its text, besides the content: sources, settings, packages, Node. */
export async function generatorDigest(root = '.'): Promise<string> {
  const items = await readdir(join(root, 'src'), { recursive: true, withFileTypes: true });
  const sources = items.filter((item) => item.isFile()).map((item) => join(item.parentPath, item.name));
  const hash = createHash('sha256').update(process.version);
  for (const file of [...rootFiles.map((name) => join(root, name)), ...sources.sort()]) {
    hash.update(`\0${file.slice(root.length)}\0`).update(await readFile(file));
  }
  return hash.digest('hex');
}
