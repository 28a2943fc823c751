import { createHash } from 'node:crypto';
import type { ContentSource } from '../collections/content-source.ts';
import { entriesOf } from '../collections/content-source.ts';
import type { EntryData } from '../collections/entry.ts';
import type { MarkdownContext } from '../markdown/context.ts';

/** What is known of a page that others show: links to it, lists, reading times. */
interface KeyedPage {
  ref: string;
  file: string;
  href: string;
  data: EntryData;
  body: string;
  minutes: number;
  checks: unknown;
  updated: string | undefined;
  published: string | undefined;
  edit: string | undefined;
}

/** What the pages of one build have in common. */
export interface KeyedSite {
  source: ContentSource;
  pages: ReadonlyMap<string, KeyedPage>;
  context: MarkdownContext;
}

/**
 * Names everything that the files of a page are made from: its HTML, its Markdown twin, its previews, its notebook.
 * That is its own text and dates, and of everything else all but the texts and dates of other pages, which no page
 * of an entry shows. A draft counts its unfinished places in other files, and a picture may change under its name:
 * pages with them have no key.
 *
 * @param generator digest of the generator
 */
export function pageKeys(
  { source, pages, context }: KeyedSite,
  generator: string,
): (page: KeyedPage) => string | undefined {
  // Whatever a content folder holds from now on is in `records`, unless it is named here.
  const { annotated, guides, scripts, texts, origins, problems, claimed, dir, ...records } = source;
  const shared = createHash('sha256')
    .update(JSON.stringify([generator, context.digest(), records]))
    .update(JSON.stringify(entriesOf(source).map(({ ref, file, data }) => [ref, file, data])))
    .update(
      JSON.stringify(
        [...pages.values()].map(({ ref, href, minutes, checks }) => [ref, href, minutes, checks]),
      ),
    )
    .digest('hex');
  return ({ ref, body, data, updated, published, edit }) => {
    if (data.draft || /!\[|<img\b/.test(body)) return undefined;
    const own = JSON.stringify([ref, body, updated, published, edit]);
    return createHash('sha256').update(shared).update(own).digest('hex');
  };
}
