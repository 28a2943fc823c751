import type { Interpretation } from '../../search/interpret.ts';
import type { FilterCounts, PagefindClient, PagefindHit } from './pagefind.ts';

/** A result whose content has not been fetched. */
export interface Hit {
  id: string;
  score: number;
  load: PagefindHit['data'];
}

export interface Findings {
  /** Best first. */
  hits: Hit[];
  /** Counts of the strictest search that found something. */
  counts: FilterCounts;
}

/** With more terms than these, leaving each out in turn would ask too often. */
const mostTerms = 7;
/** How much a missing term takes of a result's score, by the share of terms that are there. */
const incomplete = (share: number) => share ** 2 * 0.6;

type Filters = Record<string, { any: string[] }>;

/**
 * Pagefind finds what has every term. This adds what has all but one, ranked by how much is there, since readers
 * ask in sentences; and the other spelling of English.
 */
export async function find(
  pagefind: Pick<PagefindClient, 'search'>,
  { terms, respelt }: Pick<Interpretation, 'terms' | 'respelt'>,
  filters: Filters,
): Promise<Findings> {
  const whole = [terms, ...(respelt ? [respelt] : [])];
  const partial =
    terms.length > 2 && terms.length <= mostTerms
      ? terms.map((left) => terms.filter((term) => term !== left))
      : [];
  const answers = await Promise.all(
    [...whole, ...partial].map(async (asked) => ({
      asked,
      answer: await pagefind.search(asked.join(' '), { filters }),
    })),
  );
  const hits = new Map<string, Hit>();
  for (const { asked, answer } of answers) {
    const weight = asked.length === terms.length ? 1 : incomplete(asked.length / terms.length);
    for (const result of answer.results) {
      const { id, score } = result;
      const known = hits.get(id);
      // Pagefind forgets a result's content once its object is gone: the closure keeps it.
      if (!known || known.score < score * weight)
        hits.set(id, { id, score: score * weight, load: () => result.data() });
    }
  }
  const counts = answers.find(({ answer }) => answer.results.length > 0) ?? answers[0];
  return {
    hits: [...hits.values()].sort((a, b) => b.score - a.score),
    counts: counts?.answer.totalFilters ?? {},
  };
}
