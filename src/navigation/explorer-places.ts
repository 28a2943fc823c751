import { type ExplorerRecord, explorerAnchor } from '../explorers/record.ts';
import { explorers } from '../explorers/registry.ts';

/** An explorer, and the pages on which it stands: at least one. */
export interface PlacedExplorer<Page> {
  record: ExplorerRecord;
  places: readonly { page: Page; href: string }[];
}

const tag = /<Explorer\b[^>]*?\sname="([\w-]+)"/g;

/**
 * The explorers that stand on a page, in the order of the registry.
 *
 * @param pages `body` is their MDX; in the order in which an explorer's places are named
 */
export function placedExplorers<Page extends { href: string; body: string }>(
  pages: readonly Page[],
): PlacedExplorer<Page>[] {
  const held = pages.map((page) => ({
    page,
    names: new Set([...page.body.matchAll(tag)].map(([, name]) => name)),
  }));
  return explorers.flatMap((record) => {
    const places = held
      .filter(({ names }) => names.has(record.name))
      .map(({ page }) => ({ page, href: `${page.href}#${explorerAnchor(record.name)}` }));
    return places.length > 0 ? [{ record, places }] : [];
  });
}
