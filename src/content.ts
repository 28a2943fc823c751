import { getEntry } from 'astro:content';
import { relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { checkDrift } from './checks/drift/index.ts';
import type { ContentSource, SourceEntry } from './collections/content-source.ts';
import { contentReader } from './collections/current-content.ts';
import { readDigests } from './collections/digests.ts';
import { showsDrafts, withoutDrafts } from './collections/drafts.ts';
import type { EntryData } from './collections/entry.ts';
import { pageText } from './collections/page-text.ts';
import type { Paper } from './collections/paper.ts';
import { isSitePage } from './collections/site-page.ts';
import type { Trainer } from './collections/trainer.ts';
import { coverageInput } from './coverage/from-source.ts';
import { type CoverageInput, coverageReport } from './coverage/report.ts';
import type { Coverage, PageKind } from './coverage/report-schema.ts';
import { type EntryCheck, entryChecks } from './coverage/verified.ts';
import { pageKeys } from './kept/page-key.ts';
import { buildStore } from './kept/rendered-store.ts';
import { createMarkdownContext, type MarkdownContext } from './markdown/context.ts';
import { lastGood } from './markdown/last-good.ts';
import { createRenderer, type RenderedText, type Renderer } from './markdown/renderer.ts';
import { markdownTwin } from './markdown-twin/twin.ts';
import { type PlacedExplorer, placedExplorers } from './navigation/explorer-places.ts';
import { type Committed, committed } from './navigation/git-dates.ts';
import { withBase } from './navigation/href.ts';
import { type PathView, pathViews, type StepPage } from './navigation/learning-paths.ts';
import { kindLabels, trainerOf } from './navigation/page.ts';
import { inReadingOrder, type Sidebar, sidebar } from './navigation/sidebar.ts';
import { sitePage } from './navigation/site-pages.ts';

/*
 * The only module that pages ask for content. It reads the records and the text of pages, renders the text when a
 * page asks for it, and computes navigation once for all pages.
 */

/** A page: an annotated trainer, a guide or a script; published, or a draft where those are shown. */
export interface Page {
  ref: string;
  kind: PageKind;
  id: string;
  /** With base. */
  href: string;
  file: string;
  data: EntryData;
  body: string;
  /** The first trainer that it names. */
  trainer: Trainer | undefined;
  minutes: number;
  checks: EntryCheck[];
  /** The day of the last commit of its file. */
  updated: string | undefined;
  /** The day of the first one. */
  published: string | undefined;
  edit: string | undefined;
  /** Names what its files are made from: as long as it is the same, so are they. A page without is made each time. */
  cacheKey: string | undefined;
}

/** Everything that pages are made from. */
export interface Site {
  /** What the pages are made from; without drafts, unless those are shown. */
  source: ContentSource;
  pages: ReadonlyMap<string, Page>;
  sidebar: Sidebar<Page>;
  papers: ReadonlyMap<string, Paper>;
  /** In their order. */
  paths: readonly PathView[];
  coverage: Coverage;
  /** Those that stand on a page, in the order of the registry. */
  explorers: readonly PlacedExplorer[];
  /** Days of commits, by the path of a file below the content folder. */
  dates: ReadonlyMap<string, Committed>;
  /** What Markdown is resolved with. */
  context: MarkdownContext;
  renderer: Renderer;
  /** What became of Markdown that stands in records: many of those stand on many pages. */
  fragments: Map<string, Promise<RenderedText>>;
}

const dir = resolve(process.env.CONTENT_DIR ?? 'content');
const readSource = contentReader(dir);
const store = buildStore(process.env);
const renderSafely = lastGood(import.meta.env.DEV);
let current: { source: ContentSource; site: Promise<Site> } | undefined;

/** The whole site; computed again only when the content folder has changed. */
export async function getSite(): Promise<Site> {
  const source = await readSource();
  if (current?.source !== source) current = { source, site: makeSite(source) };
  return current.site;
}

/** The pages of one kind, in no particular order. */
export async function pagesOf(kind: PageKind): Promise<Page[]> {
  return [...(await getSite()).pages.values()].filter((page) => page.kind === kind);
}

/** What tells Astro, beside the parameters of a page's file, whether the file of an earlier build is still good. */
export function cached({ cacheKey }: Page): { cacheKey?: string } {
  return cacheKey === undefined ? {} : { cacheKey };
}

/** Renders a page's text. */
export async function renderPage(page: Page): Promise<RenderedText> {
  const { source, renderer } = await getSite();
  return renderSafely(page.ref, () => renderer.render(pageText(page, source), page.file), []);
}

/** The Markdown twin of a page, with whole addresses. */
export async function pageTwin(page: Page, origin: string): Promise<string> {
  const site = await getSite();
  const make = async () => markdownTwin(page, { ...site, origin });
  const kept = await store;
  if (!kept || page.cacheKey === undefined) return make();
  return kept.kept(['twin', page.cacheKey, origin], z.string(), make);
}

/** The HTML of a Markdown string that stands in a record. */
export async function fragmentHtml(text: string): Promise<string> {
  const { renderer, fragments } = await getSite();
  const plain = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const known = fragments.get(text) ?? renderSafely(text, () => renderer.render(text), [plain]);
  fragments.set(text, known);
  return (await known).parts.join('');
}

/** A picture that stands beside a page, by its path from the working directory, for Astro's `Image`. */
export async function picture(path: string) {
  const entry = await getEntry('pictures', path);
  if (!entry)
    throw new Error(
      `picture: expected ${path} to be a picture below ${dir} that a browser shows, found none`,
    );
  return entry.data.file;
}

/** A link within this site, from a path like `/trainers/dpo/`. */
export function href(path: string): string {
  return withBase(path, import.meta.env.BASE_URL);
}

async function makeSite(all: ContentSource): Promise<Site> {
  // Drafts are for the author's eyes; the report names them all the same.
  const source = showsDrafts(process.env) ? all : withoutDrafts(all);
  const digests = await readDigests(all, dir);
  const input = coverageInput(all, digests, checkDrift(all, import.meta.env.BASE_URL));
  const dates = await committed(dir);
  const bodies = new Map(
    [...source.annotated, ...source.guides, ...source.scripts].map((entry) => [entry.ref, entry]),
  );
  const pages = input.pages.flatMap((page) => {
    const entry = bodies.get(page.ref);
    return entry ? [makePage(entry, page, input, dates)] : [];
  });
  const byRef = new Map(pages.map((page) => [page.ref, page]));
  const context = createMarkdownContext(source, { base: import.meta.env.BASE_URL });
  const kept = await store;
  const keyOf = kept && pageKeys({ source, pages: byRef, context }, kept.fingerprint);
  for (const page of pages) page.cacheKey = keyOf?.(page);
  return {
    source,
    pages: byRef,
    paths: pathViews(source.paths, (ref) => stepPage(ref, byRef, source), href),
    sidebar: sidebar(source.trainers, pages),
    papers: new Map(source.papers.map((paper) => [paper.id, paper])),
    coverage: coverageReport(input),
    explorers: placedExplorers(
      inReadingOrder(pages).map((page) => ({ title: page.data.title, href: page.href, body: page.body })),
      (page) => {
        const found = sitePage(page, source);
        return found && { title: found.title, href: href(`/${page}/`) };
      },
    ),
    dates,
    context,
    renderer: createRenderer(context, kept),
    fragments: new Map(),
  };
}

/** A page as a step of a learning path; undefined for one that is not published. */
function stepPage(
  ref: string,
  pages: ReadonlyMap<string, Page>,
  source: ContentSource,
): StepPage | undefined {
  if (isSitePage(ref)) {
    const found = sitePage(ref, source);
    return found && { ref, href: href(`/${ref}/`), kind: 'Page', family: undefined, ...found };
  }
  const page = pages.get(ref);
  return (
    page && {
      ref,
      href: page.href,
      title: page.data.title,
      kind: kindLabels[page.kind],
      minutes: page.minutes,
      family: page.trainer?.family,
    }
  );
}

function makePage(
  { ref, id, file, data, body }: SourceEntry<EntryData>,
  covered: CoverageInput['pages'][number],
  input: CoverageInput,
  dates: ReadonlyMap<string, Committed>,
): Page {
  const { kind, minutes } = covered;
  const repository = process.env.REPO_URL?.replace(/\/+$/, '');
  const days = dates.get(relative(dir, resolve(file)).split(sep).join('/'));
  return {
    ref,
    kind,
    id,
    href: href(`/${ref}/`),
    file,
    data,
    body,
    trainer: trainerOf({ ref, kind, data }, input.trainers),
    minutes,
    checks: entryChecks(covered, input),
    updated: days?.last,
    published: days?.first,
    edit: repository && `${repository}/edit/main/${file}`,
    cacheKey: undefined,
  };
}
