import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContentSource } from './content-source.ts';
import { readContent } from './read-content.ts';

/**
 * A reader that parses the content folder once, and again only after a file has changed.
 * The same folder state gives the same object, so callers may remember what they made of it.
 * A production build looks at the folder once: its content does not change while it runs.
 */
export function contentReader(dir: string): () => Promise<ContentSource> {
  let stamp = '';
  let source: Promise<ContentSource> | undefined;
  return async () => {
    if (source && process.env.NODE_ENV === 'production') return source;
    const now = await folderStamp(dir);
    if (!source || now !== stamp) {
      stamp = now;
      source = readContent(dir);
    }
    return source;
  };
}

/** Changes when a file of the folder is added, removed or written. */
async function folderStamp(dir: string): Promise<string> {
  const names = await readdir(dir, { recursive: true }).catch(() => []);
  const stamps = await Promise.all(
    names.sort().map(async (name) => {
      // A save by renaming takes a file away for a moment; a link may point nowhere.
      const stats = await stat(join(dir, name)).catch(() => undefined);
      return `${name} ${stats?.mtimeMs} ${stats?.size} ${stats?.ino}`;
    }),
  );
  return stamps.join('\n');
}
