import type { Family } from '../collections/family.ts';
import { familyLabels } from '../navigation/families.ts';

/** The kinds that a search result may have, as the reader sees them. */
export const searchKinds = [
  'Annotated trainer',
  'Reference guide',
  'Example script',
  'Config field',
  'Glossary term',
  'Question',
  'Failure mode',
  'Change in TRL',
  'Learning path',
  'Page',
] as const;
export type SearchKind = (typeof searchKinds)[number];

/** What a page is, for the filters. */
export interface Filtered {
  kind: SearchKind;
  /** Trainers' names (`DPO`). */
  trainers?: readonly string[];
  families?: readonly Family[];
  /** What readers call the page, beside its title. */
  names?: readonly string[];
}

/** Values by filter, as Pagefind's records take them. */
export function filterValues({ kind, trainers = [], families = [] }: Filtered): Record<string, string[]> {
  const values: Record<string, string[]> = { kind: [kind] };
  if (trainers.length > 0) values.trainer = [...trainers];
  if (families.length > 0) values.family = [...new Set(families)].map((family) => familyLabels[family].name);
  return values;
}

/**
 * What a page puts in its head for the filters: `<meta name="search-kind" content="Reference guide"
 * data-pagefind-filter="kind[content]">`, one for each value.
 */
export function filterMetas(filtered: Filtered): { name: string; content: string; filter: string }[] {
  return Object.entries(filterValues(filtered)).flatMap(([name, values]) =>
    values.map((content) => ({ name: `search-${name}`, content, filter: `${name}[content]` })),
  );
}
