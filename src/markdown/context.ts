import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ClaimedIds, type ContentSource, entriesOf } from '../collections/content-source.ts';
import type { CurvePlot } from '../collections/curve-plot.ts';
import type { DistilledFile } from '../collections/distilled.ts';
import type { GlossaryTerm } from '../collections/glossary-term.ts';
import type { Paper } from '../collections/paper.ts';
import type { RecordedRun } from '../collections/recorded-run.ts';
import { createTrlIndex, type TrlIndex } from '../trl/index.ts';
import { documentedFields } from './documented-fields.ts';

/** What the plugins know of the page that they work on. */
export interface PageContext {
  /** `trainers/dpo`. */
  ref: string;
  /** The slug of its first trainer: names that several modules define mean that trainer's. */
  trainer: string | undefined;
  /** The file that `<Region>` shows; annotated trainers have one. */
  distilled: DistilledFile | undefined;
  /** The page names a distilled file that is not there, which is a mistake of its own. */
  distilledMissing: boolean;
  /** False: nobody has checked the page's API names, so unknown ones are warnings. */
  verified: boolean;
  /** A page that is not finished: what it leaves undescribed is a warning. */
  draft: boolean;
  /** The tests run the Python fences of annotated trainers and guides. */
  executed: boolean;
}

/** What the Markdown plugins look things up in. Made once for all pages of a build. */
export interface MarkdownContext {
  /** Base path of the site: `/` or `/docs/`. */
  base: string;
  trl: TrlIndex;
  glossary: ReadonlyMap<string, GlossaryTerm>;
  papers: ReadonlyMap<string, Paper>;
  /** Ids that files claim, broken records included: a link to one of them is no mistake of the page. */
  claimed: ClaimedIds;
  /** Whether there is a file at a path, relative to the working directory. */
  exists(path: string): boolean;
  runs: readonly RecordedRun[];
  curves: readonly CurvePlot[];
  /** Slugs of the trainers that have an annotated page. */
  annotated: ReadonlySet<string>;
  /** The slug of the annotated page with a row for a field, by `DPOConfig.beta`; by `DPOConfig` for the table. */
  documented(symbol: string): string | undefined;
  /** The page of a file; undefined for Markdown that is no page, such as a glossary definition. */
  page(path: string | undefined): PageContext | undefined;
}

/**
 * @param options.base the base path that internal links get
 */
export function createMarkdownContext(source: ContentSource, { base }: { base: string }): MarkdownContext {
  const distilled = new Map(source.distilled.map((file) => [file.name, file]));
  const trl = createTrlIndex(source.facts, source.trainers);
  const fields = documentedFields(source.annotated, trl);
  const pages = new Map<string, PageContext>();
  for (const { ref, file, data } of entriesOf(source)) {
    pages.set(resolve(file), {
      ref,
      trainer: data.trainers[0],
      distilled: 'distilled' in data ? distilled.get(data.distilled ?? '') : undefined,
      distilledMissing: 'distilled' in data && data.distilled !== undefined && !distilled.has(data.distilled),
      verified: data.verified,
      draft: data.draft,
      executed: !ref.startsWith('examples/'),
    });
  }
  return {
    base: base.endsWith('/') ? base : `${base}/`,
    trl,
    glossary: new Map(source.glossary.map((term) => [term.id, term])),
    papers: new Map(source.papers.map((paper) => [paper.id, paper])),
    claimed: source.claimed,
    exists: existsSync,
    runs: source.runs,
    curves: source.curves,
    annotated: new Set(source.annotated.map(({ id }) => id)),
    documented: (symbol) => fields.get(symbol),
    page: (path) => (path === undefined ? undefined : pages.get(resolve(path))),
  };
}
