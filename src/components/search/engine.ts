import { groupResults, type ResultGroup } from './group-results.ts';
import { type FilterCounts, loadPagefind, type PagefindClient, type PagefindResult } from './pagefind.ts';
import { pagefindFilters, type Query } from './query.ts';
import { isRelevant } from './relevance.ts';

/** What the search shows. */
export type SearchState =
  | { name: 'idle'; counts: FilterCounts }
  | { name: 'loading' }
  | { name: 'missing' }
  | { name: 'none'; query: Query; counts: FilterCounts }
  | {
      name: 'found';
      query: Query;
      counts: FilterCounts;
      total: number;
      groups: ResultGroup[];
      more: boolean;
    };

/** Results shown before the others are fetched. */
const AHEAD = 3;

/** Asks Pagefind, and drops the answers that a newer question has overtaken. */
export class SearchEngine {
  readonly #base: string;
  readonly #show: (state: SearchState) => void;
  #pagefind: Promise<PagefindClient> | undefined;
  #asked = 0;

  constructor(base: string, show: (state: SearchState) => void) {
    this.#base = base;
    this.#show = show;
  }

  /** Fetches what a question will need while it is still being typed. */
  async prepare(text: string): Promise<void> {
    const pagefind = await this.#load().catch(() => undefined);
    await pagefind?.preload(text);
  }

  /** Shows the first `limit` results of a query. */
  async ask(query: Query, limit: number): Promise<void> {
    this.#asked += 1;
    const mine = this.#asked;
    const show = (state: SearchState) => {
      if (mine === this.#asked) this.#show(state);
    };
    if (!this.#pagefind) show({ name: 'loading' });
    try {
      const pagefind = await this.#load();
      if (query.text === '') return show({ name: 'idle', counts: await pagefind.filters() });
      const answer = await pagefind.search(query.text, { filters: pagefindFilters(query) });
      const counts = answer.totalFilters;
      const total = answer.results.length;
      const load = (from: number, to: number) =>
        Promise.all(answer.results.slice(from, to).map((result) => result.data()));
      const found = (results: PagefindResult[]) =>
        show({
          name: 'found',
          query,
          counts,
          total,
          groups: groupResults(results),
          more: total > results.length,
        });
      const first = await load(0, AHEAD);
      const isFirst = first.some((result) => isRelevant(result, query.text));
      if (isFirst && total > AHEAD) found(first);
      const results = [...first, ...(await load(AHEAD, limit))];
      if (isFirst || results.some((result) => isRelevant(result, query.text))) return found(results);
      show({ name: 'none', query, counts: total === 0 ? counts : {} });
    } catch {
      show({ name: 'missing' });
    }
  }

  #load(): Promise<PagefindClient> {
    this.#pagefind ??= loadPagefind(this.#base).catch((error: unknown) => {
      this.#pagefind = undefined;
      throw error;
    });
    return this.#pagefind;
  }
}
