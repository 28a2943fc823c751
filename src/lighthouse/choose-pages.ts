import { urlOf } from '../checks/dist/page.ts';
import { type PageKind, pageKind, pageKinds } from '../checks/dist/page-kind.ts';
import { readText, type SiteFiles } from '../checks/dist/site-files.ts';

/** A page to measure. */
export interface ChosenPage {
  kind: PageKind;
  /** On the site, without base. */
  url: string;
  /** It asks search engines to leave it out. */
  isHidden: boolean;
}

/** The page with the most HTML of each kind. */
export function heaviestPages(site: SiteFiles): ChosenPage[] {
  const heaviest = new Map<PageKind, { path: string; bytes: number }>();
  for (const path of site.paths) {
    if (!path.endsWith('.html') || path.startsWith('pagefind/')) continue;
    const kind = pageKind(urlOf(path));
    const bytes = site.read(path).length;
    if (bytes > (heaviest.get(kind)?.bytes ?? 0)) heaviest.set(kind, { path, bytes });
  }
  return pageKinds.flatMap((kind) => {
    const found = heaviest.get(kind);
    return found ? [chosen(site, found.path)] : [];
  });
}

/**
 * The pages at these addresses.
 *
 * @throws Error for one that the site lacks
 */
export function namedPages(site: SiteFiles, addresses: readonly string[]): ChosenPage[] {
  return addresses.map((address) => {
    const path = `${address.replace(/^\//, '')}${address.endsWith('/') ? 'index.html' : ''}`;
    if (!site.paths.has(path) || !path.endsWith('.html')) {
      throw new Error(
        `expected the address of a page in ${site.name}/, such as /guides/dpo-loss/, found "${address}"`,
      );
    }
    return chosen(site, path);
  });
}

function chosen(site: SiteFiles, path: string): ChosenPage {
  const url = urlOf(path);
  const isHidden = /<meta name="robots" content="[^"]*noindex/.test(readText(site, path));
  return { kind: pageKind(url), url, isHidden };
}
