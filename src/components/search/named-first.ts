import type { Lexicon } from '../../search/lexicon.ts';
import { bearsName } from '../../search/names.ts';
import type { PagefindResult } from './pagefind.ts';

/** Of things that bear one name, a config field comes first: it is what a reader of code looks for. */
const precedence = ['Config field', 'Annotated trainer', 'Reference guide', 'Glossary term'];

/**
 * Results that are called what was asked come before those that only speak of it; among config fields those of
 * the trainer that is documented first. Otherwise the order stays.
 */
export function namedFirst(
  results: readonly PagefindResult[],
  queries: readonly string[],
  { trainers }: Pick<Lexicon, 'trainers'>,
): PagefindResult[] {
  const rank = ({ filters }: PagefindResult) => {
    const kind = precedence.indexOf(filters.kind?.[0] ?? '');
    const trainer = trainers.findIndex(({ name }) => filters.trainer?.includes(name));
    return (kind < 0 ? precedence.length : kind) * 100 + (trainer < 0 ? 99 : trainer);
  };
  const named = (result: PagefindResult) => queries.some((query) => bearsName(result.meta, query));
  return [
    ...results.filter(named).sort((a, b) => rank(a) - rank(b)),
    ...results.filter((result) => !named(result)),
  ];
}
