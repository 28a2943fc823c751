import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Terminal } from '../../../src/errors/terminal.ts';
import { newCommand } from '../../../src/scaffold/new-command.ts';

/** A copy of the project's own content. The caller removes it. */
export async function copyOfContent(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'scaffold-'));
  await cp('content', dir, { recursive: true });
  return dir;
}

export async function withCopy<T>(use: (dir: string) => Promise<T>): Promise<T> {
  const dir = await copyOfContent();
  try {
    return await use(dir);
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** Runs `npm run new` on a folder; paths in its output are relative to the folder. */
export async function runNew(dir: string, ...args: string[]) {
  const said = { out: '', error: '' };
  const strip = (text: string) => text.replaceAll(`${relative(process.cwd(), dir)}/`, '');
  const terminal: Terminal = {
    out: (text) => {
      said.out += strip(text);
    },
    error: (text) => {
      said.error += strip(text);
    },
    color: false,
  };
  const code = await newCommand([...args, '--content-dir', dir], {}, terminal);
  return { code, ...said };
}

/** Every file below a folder with its text, by path; what a command may have changed. */
export async function snapshot(dir: string): Promise<Map<string, string>> {
  const items = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = items.filter((item) => item.isFile()).map((item) => join(item.parentPath, item.name));
  const texts = await Promise.all(
    files.sort().map(async (file) => [relative(dir, file), await readFile(file, 'utf8')] as const),
  );
  return new Map(texts);
}

/** Files that one snapshot has and another has not, or has with another text. */
export function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).sort();
}
