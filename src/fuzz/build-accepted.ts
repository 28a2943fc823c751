import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { AstroError, astroBuild } from '../build/astro.ts';
import { addCardsAndSearch, katexVersion } from '../build/build-site.ts';
import { whenFree } from '../build/when-free.ts';
import { checkSite } from '../checks/dist/index.ts';
import { readSite } from '../checks/dist/site-files.ts';
import { readContent } from '../collections/read-content.ts';
import type { FuzzCase } from './cases.ts';

/** Files to lay over the valid content, by their paths in it. */
export type Overlay = ReadonlyMap<string, FuzzCase>;

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
 * Renders content that the check accepted as a build does: by Astro, with pictures for sharing and the search, and
 * through the check of the site. What stops it is a find; it is taken out and the rest rendered again.
 *
 * @param content the valid content folder
 * @param work a folder for the content and the site
 * @param limitMs how much longer than the valid content alone any case may take
 * @returns for each find its case, or `the whole folder`, and what was said
 */
export async function buildAccepted(
  content: string,
  overlays: readonly Overlay[],
  work: string,
  limitMs: number,
  render: Render = renderOnce,
): Promise<string[]> {
  const started = performance.now();
  await render(content, new Map(), work);
  // A busy machine may take some times as long for the same.
  const limit = Math.round(3 * (performance.now() - started) + limitMs);
  const finds: string[] = [];
  const waiting = overlays.filter(({ size }) => size > 0);
  for (let overlay = waiting.pop(); overlay; overlay = waiting.pop()) {
    try {
      await render(content, overlay, work, limit);
    } catch (error) {
      const cases = [...overlay];
      const [only] = cases;
      const culprit = cases.length === 1 ? only : culpritOf(cases, error);
      if (culprit) {
        const [path, { index }] = culprit;
        finds.push(`case ${index} (${path}): ${told(error, limit)}`);
        waiting.push(new Map(cases.filter((each) => each !== culprit)));
        if (waiting.at(-1)?.size === 0) waiting.pop();
      } else {
        // Nobody says which: halves tell.
        const half = Math.ceil(cases.length / 2);
        waiting.push(new Map(cases.slice(0, half)), new Map(cases.slice(half)));
      }
    }
  }
  for (const folder of [work, cardsOf(work)]) await rm(folder, { recursive: true, force: true });
  return finds;
}

/** Pictures stay from site to site, apart from those of the project. */
function cardsOf(work: string): string {
  return `${work}-cards`;
}

/** @throws what stops it; AstroError with the ending SIGKILL after the limit */
type Render = (content: string, overlay: Overlay, work: string, limitMs?: number) => Promise<void>;

const renderOnce: Render = async (content, overlay, work, limitMs) => {
  const dir = resolve(work, 'content');
  const out = resolve(work, 'site');
  await rm(work, { recursive: true, force: true });
  await cp(content, dir, { recursive: true });
  for (const [path, { bytes }] of overlay) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), bytes);
  }
  const origin = 'https://fuzz.example';
  const environment = { BUILD_OUT: out, CONTENT_DIR: dir, BASE_PATH: '/', SITE_URL: origin, DRAFTS: '0' };
  await whenFree(() => astroBuild(environment, false, limitMs));
  await addCardsAndSearch(out, await readContent(dir), cardsOf(work));
  checkSite({ site: readSite(out), base: '/', origin }, await katexVersion());
};

/** The case whose file or address the error names. */
function culpritOf(cases: readonly [string, FuzzCase][], error: unknown): [string, FuzzCase] | undefined {
  const said = error instanceof AstroError ? error.output : stackOf(error);
  return cases.find(([path]) => said.includes(path) || said.includes(stem(path)));
}

function told(error: unknown, limit: number): string {
  if (!(error instanceof AstroError)) return stackOf(error);
  return error.ending === 'SIGKILL' ? `longer than ${Math.round(limit)} ms to render` : error.output;
}

/** `/fuzz-12/` of a page: errors of rendering name its address. */
function stem(path: string): string {
  return `/${basename(path, extname(path)).replaceAll('_', '-')}/`;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
