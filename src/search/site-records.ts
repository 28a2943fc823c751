import type { GlossaryTerm } from '../collections/glossary-term.ts';
import type { Trainer } from '../collections/trainer.ts';
import type { RenderedPage } from './build-index.ts';
import { configRecords } from './config-records.ts';
import { glossaryRecords, type SearchRecord } from './records.ts';

/** Every record of the site that is not a page: the config fields that pages hold, and the glossary's terms. */
export function siteRecords(
  pages: readonly RenderedPage[],
  { trainers, glossary }: { trainers: readonly Trainer[]; glossary: readonly GlossaryTerm[] },
): SearchRecord[] {
  return [
    ...pages.flatMap(({ path, html }) => configRecords(html, path, trainers)),
    ...glossaryRecords(glossary),
  ];
}
