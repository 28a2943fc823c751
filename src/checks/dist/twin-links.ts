import type { SiteContext } from './check.ts';
import type { LinkedPage } from './links.ts';
import { urlOf } from './page.ts';
import type { Reference } from './references.ts';
import { readText } from './site-files.ts';

/** A whole address as Markdown has it: `](https://…)` or `<https://…>`. */
const address = /(?:\]\(|<)(https?:\/\/[^\s)>]+)/g;

/**
 * The Markdown twins of pages, and llms.txt, as the check of links sees them: their addresses are whole, so those of this site
 * are found by its origin.
 */
export function markdownTwins({ site, origin }: SiteContext): LinkedPage[] {
  return [...site.paths]
    .filter((path) => path.endsWith('/index.md') || path === 'llms.txt')
    .map((path) => ({ url: urlOf(path), ids: new Set(), references: referencesIn(path, { site, origin }) }));
}

function referencesIn(path: string, { site, origin }: Pick<SiteContext, 'site' | 'origin'>): Reference[] {
  return readText(site, path)
    .split('\n')
    .flatMap((text, index) =>
      [...text.matchAll(address)].flatMap((match): Reference[] => {
        const href = match[1] ?? '';
        if (!href.startsWith(`${origin}/`)) return [];
        const place = {
          file: `${site.name}/${path}`,
          line: index + 1,
          column: match.index + match[0].length - href.length + 1,
        };
        return [{ place, href, kind: 'link' }];
      }),
    );
}
