import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A built site as the checks see it: paths with forward slashes, relative to its root. */
export interface SiteFiles {
  /** What messages call the root (`dist`). */
  name: string;
  paths: ReadonlySet<string>;
  read(path: string): Uint8Array;
}

/** The files of a built site on disk, read one at a time when a check asks for them. */
export function readSite(dir: string, name = 'dist'): SiteFiles {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => relative(dir, join(parentPath, name)));
  return {
    name,
    paths: new Set(paths.map((path) => path.replaceAll('\\', '/')).sort()),
    read: (path) => readFileSync(join(dir, path)),
  };
}

/** A file of the site as text. */
export function readText(site: SiteFiles, path: string): string {
  return new TextDecoder().decode(site.read(path));
}
