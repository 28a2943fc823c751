import { gzipSync } from 'node:zlib';
import { type Problem, problem } from '../../errors/problem.ts';
import type { SiteContext } from './check.ts';
import type { SitePage } from './page.ts';
import { type PageKind, pageKind } from './page-kind.ts';
import { readText } from './site-files.ts';

/** Bytes after gzip. */
export interface PageWeight {
  html: number;
  css: number;
  /** Scripts that run when the page loads; what they fetch later is not counted. */
  js: number;
}

/**
 * Pages that grow with the content: a thousand guides make a long list, and no author can mend that. They are
 * reported, and the tests of this site hold them to the budget too.
 */
const growing: ReadonlySet<PageKind> = new Set(['catalogue', 'list', 'reference', 'glossary', 'status']);

/** What a page may weigh, in bytes after gzip. */
export const budget = { total: 60 * 1024, js: 12 * 1024 };

/** Weighs a page with the style sheets and scripts that it loads by itself; a sheet for paper is fetched too. */
export function weigh(
  page: SitePage,
  { site, base }: SiteContext,
  sizes = new Map<string, number>(),
): PageWeight {
  const size = (path: string) => {
    const known = sizes.get(path) ?? (site.paths.has(path) ? packed(site.read(path)) : 0);
    sizes.set(path, known);
    return known;
  };
  const local = (href: string | undefined) => (href?.startsWith(base) ? [href.slice(base.length)] : []);
  const styles = page.elements
    .filter(({ tag, attributes }) => tag === 'link' && attributes.rel === 'stylesheet')
    .flatMap(({ attributes }) => local(attributes.href));
  const scripts = page.elements
    .filter(({ tag, attributes }) => tag === 'script' || attributes.rel === 'modulepreload')
    .flatMap(({ attributes }) => local(attributes.src ?? attributes.href));
  const loaded = new Set<string>();
  for (const path of scripts)
    addImports(path, loaded, { paths: site.paths, read: (file) => readText(site, file) });
  return {
    html: packed(page.html),
    css: total(new Set(styles), size),
    js: total(loaded, size),
  };
}

/** Warns of a page over budget: a heavy page is better than no site, so the build goes on and the site tests fail. */
export function overBudget({ url, file }: SitePage, { html, css, js }: PageWeight): Problem[] {
  if (growing.has(pageKind(url))) return [];
  const place = { file, line: 1, column: 1 };
  const parts = `HTML ${kib(html)}, CSS ${kib(css)}, JavaScript ${kib(js)}`;
  const over = (what: string, found: number, allowed: number): Problem[] => {
    if (found <= allowed) return [];
    const message = `expected at most ${kib(allowed)} of ${what} after gzip, found ${kib(found)} (${parts})`;
    return [problem('page-weight', place, message, { severity: 'warning' })];
  };
  return [
    ...over('HTML, CSS and JavaScript', html + css + js, budget.total),
    ...over('JavaScript', js, budget.js),
  ];
}

/** `12.3 KiB` */
export function kib(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}

/** Follows the static imports of a bundled module; `import()` is left for later by design. */
function addImports(
  path: string,
  loaded: Set<string>,
  files: { paths: ReadonlySet<string>; read(path: string): string },
): void {
  if (loaded.has(path) || !files.paths.has(path)) return;
  loaded.add(path);
  for (const [, from = ''] of files.read(path).matchAll(/(?:\bfrom|\bimport)\s*["']([^"']+\.js)["']/g)) {
    addImports(new URL(from, `file:///${path}`).pathname.slice(1), loaded, files);
  }
}

function total(paths: ReadonlySet<string>, size: (path: string) => number): number {
  return [...paths].reduce((sum, path) => sum + size(path), 0);
}

/** As `npm run build -- --precompress` packs a file. */
function packed(file: string | Uint8Array): number {
  return gzipSync(file, { level: 9 }).length;
}
