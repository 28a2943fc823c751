import type { Lexicon } from '../../search/lexicon.ts';

/** The part of Pagefind's browser module that the search uses. */
export interface PagefindClient {
  options(options: {
    baseUrl?: string;
    excerptLength?: number;
    ranking?: { metaWeights?: Record<string, number>; pageLength?: number; termSaturation?: number };
  }): Promise<void>;
  init(): Promise<void>;
  filters(): Promise<FilterCounts>;
  /** Fetches the parts of the index that a search for the term reads. */
  preload(term: string): Promise<void>;
  search(
    term: string | null,
    options?: { filters?: Record<string, { any: string[] }> },
  ): Promise<PagefindAnswer>;
}

/** How many results each value of each filter has. */
export type FilterCounts = Record<string, Record<string, number>>;

/** A result whose content is still to be fetched, by its own method `data`. */
export interface PagefindHit {
  id: string;
  score: number;
  data(): Promise<PagefindResult>;
}

export interface PagefindAnswer {
  results: PagefindHit[];
  /** Counts for the term without regard to the chosen filters. */
  totalFilters: FilterCounts;
}

export interface PagefindResult {
  /** With base; an anchor only for records that are not pages. */
  url: string;
  /** Escaped HTML in which matches stand in `<mark>`. */
  excerpt: string;
  meta: Record<string, string>;
  filters: Record<string, string[]>;
  sub_results?: PagefindSubResult[];
}

export interface PagefindSubResult {
  url: string;
  title: string;
  excerpt: string;
  locations?: number[];
}

/**
 * How much a match in what something is called adds to a match in its text. `page` names the page of a record and
 * says nothing of the record itself. Tuned on the scenarios of tests/browser/search-scenarios.yaml.
 */
const ranking = { metaWeights: { title: 1, names: 6, page: 0, exactly: 0 } };

/**
 * Loads the index that the build wrote under `<base>pagefind/`.
 *
 * @param base the site's base path, with a slash at its end
 * @throws when there is no index; a later call tries again
 */
export async function loadPagefind(base: string): Promise<PagefindClient> {
  const pagefind: PagefindClient = await import(/* @vite-ignore */ `${base}pagefind/pagefind.js`);
  await pagefind.options({ baseUrl: base, excerptLength: 24, ranking });
  await pagefind.init();
  return pagefind;
}

/**
 * Loads the names by which queries are understood, `<base>search-words.json`. Throws when the site has none.
 */
export async function loadLexicon(base: string): Promise<Lexicon> {
  const response = await fetch(`${base}search-words.json`);
  if (!response.ok) throw new Error(`search-words.json: expected status 200, found ${response.status}`);
  return response.json();
}
