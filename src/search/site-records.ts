import type { GlossaryTerm } from '../collections/glossary-term.ts';
import type { Trainer } from '../collections/trainer.ts';
import type { RenderedPage } from './build-index.ts';
import { errorRecords } from './error-records.ts';
import { placeRecords } from './place-records.ts';
import { glossaryRecords, type SearchRecord } from './records.ts';
import { sitePageRecords } from './site-page-records.ts';

/** Every record of the site that is not a page: places on pages, the glossary's terms, the kinds of error. */
export function siteRecords(
  pages: readonly RenderedPage[],
  { trainers, glossary }: { trainers: readonly Trainer[]; glossary: readonly GlossaryTerm[] },
): SearchRecord[] {
  return [
    ...pages.flatMap(({ path, html }) => placeRecords(html, path, trainers)),
    ...glossaryRecords(glossary),
    ...sitePageRecords,
    ...errorRecords(),
  ];
}
