import type { SitePage } from '../collections/site-page.ts';
import { type ExplorerRecord, explorerAnchor } from '../explorers/record.ts';
import { explorers } from '../explorers/registry.ts';

/** An explorer, and the pages on which it stands: at least one. */
export interface PlacedExplorer {
  record: ExplorerRecord;
  places: readonly Place[];
}

/** A page, and its link to the explorer. */
interface Place {
  title: string;
  href: string;
}

const tag = /<Explorer\b[^>]*?\sname="([\w-]+)"/g;

/**
 * The explorers that stand on a page, in the order of the registry.
 *
 * @param pages `body` is their MDX; in the order in which an explorer's places are named
 * @param sitePage a page of the site itself; undefined where this content has none
 */
export function placedExplorers(
  pages: readonly (Place & { body: string })[],
  sitePage: (page: SitePage) => Place | undefined,
): PlacedExplorer[] {
  const held = pages.map((page) => ({
    page,
    names: new Set([...page.body.matchAll(tag)].map(([, name]) => name)),
  }));
  return explorers.flatMap((record) => {
    const own = record.sitePage && sitePage(record.sitePage);
    const placed = held.filter(({ names }) => names.has(record.name)).map(({ page }) => page);
    const places = [...(own ? [own] : []), ...placed].map(({ title, href }) => ({
      title,
      href: `${href}#${explorerAnchor(record.name)}`,
    }));
    return places.length > 0 ? [{ record, places }] : [];
  });
}
