import { type Place, type Problem, problem } from '../../errors/problem.ts';
import { didYouMean } from '../../errors/suggest.ts';
import type { SiteContext } from './check.ts';
import { urlOf } from './page.ts';
import type { Reference } from './references.ts';

/** A page as the check of links remembers it after its tree is gone. */
export interface LinkedPage {
  url: string;
  ids: ReadonlySet<string>;
  references: readonly Reference[];
}

/** Every internal address has the base path and leads to a file; every anchor exists on its page. */
export function checkLinks(pages: readonly LinkedPage[], context: SiteContext): Problem[] {
  const byUrl = new Map(pages.map((page) => [page.url, page]));
  return pages.flatMap((page) =>
    page.references.flatMap((reference) => checkReference(page, reference, byUrl, context) ?? []),
  );
}

function checkReference(
  page: LinkedPage,
  { place, href, kind }: Reference,
  byUrl: ReadonlyMap<string, LinkedPage>,
  { site, base, origin, sourceOf }: SiteContext,
): Problem | undefined {
  const found = checkAddress(page, { place, href, kind }, byUrl, { site, base, origin });
  // The author's file is looked at only for what is wrong.
  return found && { ...found, ...sourceOf?.(page.url, href) };
}

function checkAddress(
  page: LinkedPage,
  { place, href, kind }: Reference,
  byUrl: ReadonlyMap<string, LinkedPage>,
  { site, base, origin }: SiteContext,
): Problem | undefined {
  const here = `${origin}${base.replace(/\/$/, '')}${page.url}`;
  if (!URL.canParse(href, here)) return problem('link-broken', place, `expected an address, found "${href}"`);
  const url = new URL(href, here);
  if (url.origin !== origin) return undefined;
  if (!url.pathname.startsWith(base)) {
    return problem('base-missing', place, `expected a path under ${base}, found "${href}"`);
  }
  const path = decoded(url.pathname.slice(base.length));
  if (path === undefined) return problem('link-broken', place, `expected an address, found "${href}"`);
  const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
  if (!site.paths.has(file)) return notFound({ path, href, kind, place }, [...byUrl.keys()], site.paths);
  const id = decoded(url.hash.slice(1)) ?? url.hash.slice(1);
  const target = byUrl.get(urlOf(file));
  if (id === '' || id === 'top' || kind === 'asset' || !target || target.ids.has(id)) return undefined;
  const message = `expected an element with id "${id}" on ${target.url}, found none`;
  return problem('anchor-broken', place, message, { suggestion: didYouMean(id, target.ids) });
}

/** Undefined for a `%` that begins no escape. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

interface Missing {
  path: string;
  href: string;
  kind: Reference['kind'];
  place: Place;
}

function notFound(
  { path, href, kind, place }: Missing,
  urls: readonly string[],
  files: ReadonlySet<string>,
): Problem {
  if (kind === 'asset') return problem('asset-missing', place, `expected a file at "${href}", found none`);
  const suggestion = files.has(`${path}/index.html`)
    ? `did you mean \`/${path}/\`? Addresses of pages end with a slash.`
    : didYouMean(`/${path}`, urls);
  return problem('link-broken', place, `expected a page at "${href}", found none`, { suggestion });
}
