import { mkdirSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import type { FuzzCase } from './cases.ts';

/**
 * Content folders that together hold every accepted case, each laid over the valid content. Guides and scripts
 * stand side by side under names of their own; of other files one folder holds one version.
 *
 * @returns the folders, each a list of files to write
 */
export function packAccepted(accepted: readonly FuzzCase[]): { path: string; bytes: Buffer }[][] {
  const folders: Map<string, Buffer>[] = [new Map()];
  for (const { index, path, bytes } of accepted) {
    const ending = extname(path);
    const isScript = path.startsWith('example-scripts/') && basename(path) !== 'lab.py';
    const isPage = path.startsWith('reference-guides/') || isScript;
    const name = isPage ? `${dirname(path)}/fuzz${isScript ? '_' : '-'}${index}${ending}` : path;
    let folder = folders.find((each) => !each.has(name));
    if (!folder) folders.push((folder = new Map()));
    folder.set(name, bytes);
  }
  return folders.map((folder) => [...folder].map(([path, bytes]) => ({ path, bytes })));
}

/** Hands `use` a folder with the content and these files laid over it. */
export async function withFiles<T>(
  content: string,
  files: readonly { path: string; bytes: Buffer }[],
  use: (dir: string) => Promise<T>,
): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'fuzz-build-'));
  try {
    await cp(content, dir, { recursive: true });
    for (const { path, bytes } of files) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), bytes);
    }
    return await use(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
