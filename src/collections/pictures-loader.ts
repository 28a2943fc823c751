import { readdir } from 'node:fs/promises';
import { basename, extname, relative, resolve, sep } from 'node:path';
import type { Loader } from 'astro/loaders';

/** What Astro's `Image` takes. */
const formats = new Set(['.avif', '.gif', '.jpeg', '.jpg', '.png', '.svg', '.tiff', '.webp']);

/**
 * The pictures of a folder and of those in it, by their paths from the working directory.
 *
 * @param dir the folder; one that is not there holds none
 */
export function picturesLoader(dir: string): Loader {
  return {
    name: 'pictures',
    async load({ store, parseData, watcher }) {
      const load = async () => {
        const files = await readdir(dir, { recursive: true }).catch(() => []);
        store.clear();
        for (const file of files.filter((each) => formats.has(extname(each).toLowerCase())).sort()) {
          const path = relative(process.cwd(), resolve(dir, file));
          const data = await parseData({
            id: path,
            data: { file: `./${basename(file)}` },
            filePath: path,
          });
          store.set({ id: path, data, filePath: path });
        }
      };
      await load();
      for (const event of ['add', 'unlink'] as const) {
        watcher?.on(event, (path) => {
          if (formats.has(extname(path).toLowerCase()) && path.startsWith(`${dir}${sep}`)) void load();
        });
      }
    },
  };
}
