import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const folders = ['src', 'scripts', 'tests'];
const rootFile = /^(package-lock\.json|tsconfig\.json|[^/]+\.(ts|mjs))$/;
const typed = /\.(ts|mjs|astro|json)$/;

/** One digest of everything that the types depend on: sources, settings, and the locked dependencies. */
export async function sourceDigest(root = '.'): Promise<string> {
  const inFolders = await Promise.all(folders.map((folder) => filesBelow(join(root, folder))));
  const atRoot = (await readdir(root)).filter((name) => rootFile.test(name)).map((name) => join(root, name));
  const hash = createHash('sha256');
  for (const file of [...inFolders.flat(), ...atRoot].sort()) {
    hash
      .update(`${file}\0`)
      .update(await readFile(file))
      .update('\0');
  }
  return hash.digest('hex');
}

/** The digest that was last found without fault; undefined when there is none. */
export async function rememberedDigest(cache: string): Promise<string | undefined> {
  return readFile(cache, 'utf8').catch(() => undefined);
}

export async function rememberDigest(cache: string, digest: string): Promise<void> {
  await mkdir(dirname(cache), { recursive: true });
  await writeFile(cache, digest);
}

async function filesBelow(folder: string): Promise<string[]> {
  const items = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return items
    .filter((item) => item.isFile() && typed.test(item.name))
    .map((item) => join(item.parentPath, item.name))
    .filter((file) => !file.includes(join('tests', 'fixtures')));
}
