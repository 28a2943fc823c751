import { type SearchFilter, searchFilters } from '../../search/filter-names.ts';

/** What is asked: words, and the chosen values of each filter. */
export interface Query {
  text: string;
  filters: Record<SearchFilter, readonly string[]>;
}

export const emptyQuery: Query = { text: '', filters: { kind: [], trainer: [], family: [] } };

/** Reads `?q=beta&trainer=DPO&kind=Config+field`; unknown parameters are ignored. */
export function queryFromUrl(search: string): Query {
  const parameters = new URLSearchParams(search);
  return {
    text: (parameters.get('q') ?? '').trim(),
    filters: {
      kind: parameters.getAll('kind'),
      trainer: parameters.getAll('trainer'),
      family: parameters.getAll('family'),
    },
  };
}

/** The address of a query; the inverse of `queryFromUrl`. */
export function queryToUrl({ text, filters }: Query): string {
  const parameters = new URLSearchParams();
  if (text) parameters.set('q', text);
  for (const name of searchFilters) for (const value of filters[name]) parameters.append(name, value);
  return parameters.size > 0 ? `?${parameters}` : '';
}

/** The query with one value of a filter switched on or off. */
export function toggled(query: Query, name: SearchFilter, value: string): Query {
  const chosen = query.filters[name];
  const values = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
  return { ...query, filters: { ...query.filters, [name]: values } };
}

/** Pagefind's form of the chosen filters: any value of one filter, all filters together. */
export function pagefindFilters({ filters }: Query): Record<string, { any: string[] }> {
  return Object.fromEntries(
    searchFilters
      .filter((name) => filters[name].length > 0)
      .map((name) => [name, { any: [...filters[name]] }]),
  );
}
