import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Terminal } from '../errors/terminal.ts';
import { importCommand } from './command.ts';

/**
 * Imports `count` files, copies of those of a folder, each with a name and text of its own, and says how long it took.
 *
 * @param folder a folder in the predecessor's shape
 */
export async function benchmarkImport(folder: string, count: number, terminal: Terminal): Promise<number> {
  const root = await mkdtemp(join(tmpdir(), 'import-bench-'));
  try {
    const bytes = await copies(folder, join(root, 'source'), count);
    const started = performance.now();
    const silent = { ...terminal, out: () => {} };
    const code = await importCommand([join(root, 'source'), '--out', join(root, 'content')], {}, silent);
    const seconds = (performance.now() - started) / 1000;
    const memory = Math.round(process.resourceUsage().maxRSS / 1024);
    const size = (bytes / 1e6).toFixed(1);
    if (code === 0) {
      terminal.out(
        `${count} files, ${size} MB: imported in ${seconds.toFixed(1)} s, at most ${memory} MiB\n`,
      );
    }
    return code;
  } finally {
    await rm(root, { recursive: true });
  }
}

async function copies(folder: string, target: string, count: number): Promise<number> {
  const names = (await readdir(folder, { recursive: true }))
    .filter((name) => /\.(?:md|py)$/.test(name))
    .sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  let bytes = 0;
  for (let index = 0; index < count; index += 1) {
    const at = index % names.length;
    const name = (names[at] ?? '').replace(/(?=\.\w+$)/, index < names.length ? '' : `_${index}`);
    const text = `${texts[at]}\n\n# Copy ${index}\n`;
    await mkdir(dirname(join(target, name)), { recursive: true });
    await writeFile(join(target, name), text);
    bytes += Buffer.byteLength(text);
  }
  return bytes;
}
