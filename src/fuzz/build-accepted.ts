import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { AstroError, astroBuild } from '../build/astro.ts';
import { katexVersion } from '../build/build-site.ts';
import { checkSite } from '../checks/dist/index.ts';
import { readSite } from '../checks/dist/site-files.ts';
import type { FuzzCase } from './cases.ts';

/** Files to lay over the valid content, by their paths in it. */
type Overlay = ReadonlyMap<string, FuzzCase>;

/**
 * Content folders that together hold every accepted case. Guides and scripts stand side by side under names of
 * their own; of other files one folder holds one version.
 */
export function packAccepted(accepted: readonly FuzzCase[]): Overlay[] {
  const folders: Map<string, FuzzCase>[] = [];
  for (const each of accepted) {
    const name = nameApart(each);
    const free = folders.find((folder) => !folder.has(name));
    if (free) free.set(name, each);
    else folders.push(new Map([[name, each]]));
  }
  return folders;
}

function nameApart({ index, path }: FuzzCase): string {
  const isScript = path.startsWith('example-scripts/') && basename(path) !== 'lab.py';
  if (!isScript && !path.startsWith('reference-guides/')) return path;
  return `${dirname(path)}/${isScript ? 'fuzz_' : 'fuzz-'}${index}${extname(path)}`;
}

/**
 * Renders content that the check accepted, by Astro, and checks the site. A page that stops Astro is a crash; it
 * is taken out and the rest rendered again.
 *
 * @param work a folder for the content and the site
 * @returns what stopped Astro, or the check of the site
 */
export async function buildAccepted(content: string, overlay: Overlay, work: string): Promise<string[]> {
  const dir = resolve(work, 'content');
  const out = resolve(work, 'site');
  const crashes: string[] = [];
  const files = new Map(overlay);
  for (;;) {
    await rm(work, { recursive: true, force: true });
    await cp(content, dir, { recursive: true });
    for (const [path, { bytes }] of files) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), bytes);
    }
    try {
      const environment = {
        BUILD_OUT: out,
        CONTENT_DIR: dir,
        BASE_PATH: '/',
        SITE_URL: 'https://fuzz.example',
      };
      await astroBuild(environment, false);
      const site = { site: readSite(out), base: '/', origin: environment.SITE_URL };
      checkSite(site, await katexVersion());
      return crashes;
    } catch (error) {
      const said = error instanceof AstroError ? error.output : stackOf(error);
      const culprit = [...files.keys()].find((path) => said.includes(path) || said.includes(stem(path)));
      crashes.push(
        `${culprit ? `case ${files.get(culprit)?.index} (${culprit})` : 'the whole folder'}: ${said}`,
      );
      if (culprit === undefined || crashes.length > 20) return crashes;
      files.delete(culprit);
    }
  }
}

/** `/fuzz-12/` of a page: errors of rendering name its address. */
function stem(path: string): string {
  return `/${basename(path, extname(path)).replaceAll('_', '-')}/`;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
