import type { ContentSource } from '../collections/content-source.ts';
import type { EntryData } from '../collections/entry.ts';
import { type Paper, paperUrl } from '../collections/paper.ts';
import type { EntryCheck } from '../coverage/verified.ts';
import type { MarkdownContext } from '../markdown/context.ts';
import type { NavPage } from '../navigation/page.ts';

/** A page as its twin needs it. */
export interface TwinPage extends NavPage {
  id: string;
  file: string;
  data: EntryData;
  /** Without frontmatter; of a script, the whole file. */
  body: string;
  minutes: number;
  checks: EntryCheck[];
}

/** Where Markdown stands that leaves the site: what it is resolved in, and where its links lead. */
export interface MarkdownSite {
  source: ContentSource;
  /** Look-ups of the Markdown steps; its base path is the site's. */
  context: MarkdownContext;
  /** Scheme and host: `https://example.org`. */
  origin: string;
}

/** The site that twins are made for. */
export interface TwinSite extends MarkdownSite {
  pages: ReadonlyMap<string, TwinPage>;
}

/** What the pieces of one twin share. */
export interface TwinScope extends MarkdownSite {
  /** `trainers/dpo` */
  ref: string;
  /** Path of the page's file; the Markdown steps know the page by it. */
  file: string;
  /** Trainers that the page names. */
  trainers: readonly string[];
  /** Whether answers stay folded in `<details>`: notebooks render it, plain text doesn't. */
  folded: boolean;
  /** Exercises met so far: they are numbered in order, as the page does. */
  exercises: { count: number };
}

/** A scope for a page, or for a text of it. */
export function twinScope(
  { source, context, origin }: MarkdownSite,
  { ref, file, data }: Pick<TwinPage, 'ref' | 'file' | 'data'>,
  folded = false,
): TwinScope {
  return { source, context, origin, ref, file, trainers: data.trainers, folded, exercises: { count: 0 } };
}

/** The address of a page of the site, from its ref or path: `trainers/dpo`. */
export function siteUrl(path: string, { origin, context }: MarkdownSite): string {
  return `${origin}${context.base}${path.replace(/^\/+/, '')}`;
}

/** The address of a page. */
export function pageUrl(ref: string, site: MarkdownSite): string {
  return siteUrl(`${ref}/`, site);
}

/**
 * The whole address of a link as the Markdown steps left it: a twin is read away from its site. A citation
 * leads to the paper itself.
 */
export function absoluteUrl(url: string, scope: TwinScope): string {
  const [, id] = /^#paper-(.+)$/.exec(url) ?? [];
  const paper = id === undefined ? undefined : scope.context.papers.get(id);
  if (url.startsWith('#')) return addressOf(paper) ?? `${pageUrl(scope.ref, scope)}${url}`;
  return /^\/(?!\/)/.test(url) ? `${scope.origin}${url}` : url;
}

function addressOf(paper: Paper | undefined): string | undefined {
  return paper && paperUrl(paper);
}
