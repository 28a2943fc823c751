import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const toGzip = promisify(gzip);
const toBrotli = promisify(brotliCompress);

/** Text formats. Fonts and Pagefind's own files are compressed already. */
const compressible = new Set([
  '.html',
  '.css',
  '.js',
  '.json',
  '.ipynb',
  '.md',
  '.txt',
  '.py',
  '.xml',
  '.svg',
]);

/** Smaller files gain nothing that a network packet would show. */
const smallest = 1024;

/** How many files are compressed at once: as many as the pool of threads takes. */
const width = 4;

/**
 * Writes `x.gz` and `x.br` beside each text file of a built site, at the highest levels, for hosts that send what
 * was compressed once (`gzip_static` of nginx, `precompressed` of Caddy). The same file gives the same bytes.
 *
 * @param dir the built site
 * @returns how many files were compressed
 */
export async function precompress(dir: string): Promise<number> {
  const names = await readdir(dir, { recursive: true });
  const files: string[] = [];
  for (const name of names.sort()) {
    if (!compressible.has(extname(name))) continue;
    const { size } = await stat(join(dir, name));
    if (size >= smallest) files.push(join(dir, name));
  }
  const queue = files.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const file of queue) await compress(file);
    }),
  );
  return files.length;
}

async function compress(file: string): Promise<void> {
  const text = await readFile(file);
  const size = { [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
  await Promise.all([
    toGzip(text, { level: 9 }).then((packed) => writeFile(`${file}.gz`, packed)),
    toBrotli(text, { params: size }).then((packed) => writeFile(`${file}.br`, packed)),
  ]);
}
