import { canonical } from '../../search/canonical.ts';
import { type Interpretation, interpret, mended } from '../../search/interpret.ts';
import type { Lexicon } from '../../search/lexicon.ts';
import { comparison } from './comparison.ts';
import { find, type Hit } from './find.ts';
import { groupResults, type ResultGroup } from './group-results.ts';
import { namedFirst } from './named-first.ts';
import {
  type FilterCounts,
  loadLexicon,
  loadPagefind,
  type PagefindClient,
  type PagefindResult,
} from './pagefind.ts';
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
      /** Words that were read as others: `gpro` as `grpo`. */
      corrected: Interpretation['corrected'];
      more: boolean;
      /** False while further results are being fetched. */
      complete: boolean;
    };

/** Results shown before the others are fetched. */
const AHEAD = 3;

interface Loaded {
  pagefind: PagefindClient;
  lexicon: Lexicon;
}

/** Asks Pagefind, and drops the answers that a newer question has overtaken. */
export class SearchEngine {
  readonly #base: string;
  readonly #show: (state: SearchState) => void;
  #loaded: Promise<Loaded> | undefined;
  #asked = 0;

  constructor(base: string, show: (state: SearchState) => void) {
    this.#base = base;
    this.#show = show;
  }

  /** Fetches what a question will need while it is still being typed. */
  async prepare(text: string): Promise<void> {
    const loaded = await this.#load().catch(() => undefined);
    if (loaded) await loaded.pagefind.preload(interpret(text, loaded.lexicon).terms.join(' '));
  }

  /** Shows the first `limit` results of a query. */
  async ask(query: Query, limit: number): Promise<void> {
    this.#asked += 1;
    const mine = this.#asked;
    const show = (state: SearchState) => {
      if (mine === this.#asked) this.#show(state);
    };
    if (!this.#loaded) show({ name: 'loading' });
    try {
      const { pagefind, lexicon } = await this.#load();
      if (query.text === '') return show({ name: 'idle', counts: await pagefind.filters() });
      const asked = interpret(query.text, lexicon);
      const compared = comparison(asked.compared, lexicon, this.#base);
      const filters = pagefindFilters(query);
      const answer = async (reading: Interpretation) => {
        const { hits, counts } = await find(pagefind, reading, filters);
        const text = reading.terms.join(' ');
        const asNamed = [canonical(query.text), text, reading.respelt?.join(' ') ?? text];
        const total = hits.length;
        const found = (results: readonly PagefindResult[], complete: boolean) =>
          show({
            name: 'found',
            query,
            counts,
            total,
            groups: [...compared, ...groupResults(namedFirst(results, asNamed, lexicon))],
            corrected: reading.corrected,
            more: total > results.length,
            complete,
          });
        const first = await loadAll(hits.slice(0, AHEAD));
        const relevant = first.some((result) => isRelevant(result, text)) || compared.length > 0;
        if (relevant && total > AHEAD) found(first, false);
        const results = [...first, ...(await loadAll(hits.slice(AHEAD, limit)))];
        const any = relevant || results.some((result) => isRelevant(result, text));
        if (any) found(results, true);
        return { any, counts };
      };
      const { any, counts } = await answer(asked);
      if (any) return;
      const corrected = mended(asked.terms, lexicon);
      const terms = asked.terms.map((term) => corrected.find(({ from }) => from === term)?.to ?? term);
      if (corrected.length > 0 && (await answer({ terms, corrected, compared: [] })).any) return;
      show({ name: 'none', query, counts });
    } catch {
      show({ name: 'missing' });
    }
  }

  #load(): Promise<Loaded> {
    this.#loaded ??= Promise.all([loadPagefind(this.#base), loadLexicon(this.#base)])
      .then(([pagefind, lexicon]) => ({ pagefind, lexicon }))
      .catch((error: unknown) => {
        this.#loaded = undefined;
        throw error;
      });
    return this.#loaded;
  }
}

function loadAll(hits: readonly Hit[]): Promise<PagefindResult[]> {
  return Promise.all(hits.map(({ load }) => load()));
}
