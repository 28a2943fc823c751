/** The part of Pagefind's browser module that the search uses. */
export interface PagefindClient {
  options(options: { baseUrl?: string; excerptLength?: number }): Promise<void>;
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

export interface PagefindAnswer {
  results: { id: string; data(): Promise<PagefindResult> }[];
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
 * Loads the index that the build wrote under `<base>pagefind/`.
 *
 * @param base the site's base path, with a slash at its end
 * @throws when there is no index; a later call tries again
 */
export async function loadPagefind(base: string): Promise<PagefindClient> {
  const pagefind: PagefindClient = await import(/* @vite-ignore */ `${base}pagefind/pagefind.js`);
  await pagefind.options({ baseUrl: base, excerptLength: 24 });
  await pagefind.init();
  return pagefind;
}
