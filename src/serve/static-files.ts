import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** What a request gets: a file, a new address, or the page for what is not there. */
export type Answer =
  | { status: 200 | 404; file: string; type: string; body: Uint8Array; immutable: boolean }
  | { status: 308; location: string };

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.ipynb': 'application/x-ipynb+json',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.py': 'text/x-python; charset=utf-8',
  '.xml': 'application/xml',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/**
 * Answers a path as a static host does: `…/` is its index.html, a folder without slash is sent to the one
 * with it, and what is not there is 404.html.
 *
 * @param dir the built site
 * @param base base path with slashes at both ends
 * @param target path and query of the request
 */
export async function answer(dir: string, base: string, target: string): Promise<Answer> {
  const { pathname, search } = new URL(target, 'http://localhost');
  if (`${pathname}/` === base) return { status: 308, location: base + search };
  const path = pathname.startsWith(base) ? decoded(pathname.slice(base.length)) : undefined;
  if (path === undefined || path.split('/').includes('..')) return notFound(dir);
  const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
  const found = await stat(join(dir, file)).catch(() => undefined);
  if (found?.isDirectory()) return { status: 308, location: `${pathname}/${search}` };
  if (!found) return notFound(dir);
  const type = types[extname(file)] ?? 'application/octet-stream';
  const immutable = file.startsWith('_astro/');
  return { status: 200, file, type, body: await readFile(join(dir, file)), immutable };
}

async function notFound(dir: string): Promise<Answer> {
  const body = await readFile(join(dir, '404.html')).catch(() => Buffer.from('Not found'));
  return { status: 404, file: '404.html', type: 'text/html; charset=utf-8', body, immutable: false };
}

/** The path without percent signs; undefined when it is not valid or would leave the folder. */
function decoded(path: string): string | undefined {
  try {
    const plain = decodeURIComponent(path);
    return plain.includes('\0') || plain.includes('\\') ? undefined : plain;
  } catch {
    return undefined;
  }
}
