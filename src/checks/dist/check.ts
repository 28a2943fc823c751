import type { Problem } from '../../errors/problem.ts';
import type { SitePage } from './page.ts';
import type { SiteFiles } from './site-files.ts';
import type { SourceOf } from './source-places.ts';

/** What every check of a built site may know. */
export interface SiteContext {
  site: SiteFiles;
  /** Base path with slashes at both ends. */
  base: string;
  /** Origin that the site is built for (`https://example.org`). */
  origin: string;
  /** Where the author wrote an address; without it, mistakes are placed in the built page. */
  sourceOf?: SourceOf | undefined;
}

/** A check of one page by itself. */
export type PageCheck = (page: SitePage, context: SiteContext) => Problem[];

/** A check of the site's other files. */
export type SiteCheck = (context: SiteContext) => Problem[];
