import type { Lexicon } from '../../search/lexicon.ts';
import { bearsName, namesAll } from '../../search/names.ts';
import type { PagefindResult } from './pagefind.ts';

/** Of things that bear one name, a config field comes first: it is what a reader of code looks for. */
const precedence = ['Config field', 'Annotated trainer', 'Reference guide', 'Glossary term'];

/**
 * Results that are called what was asked come first, then those whose name has every word of it, then those that
 * only speak of it. Among equal names, config fields come first, and those of the trainer that is documented first.
 * Otherwise the order stays.
 *
 * @param queries readings of one query, in words
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
  const called = results.filter(({ meta }) => queries.some((query) => bearsName(meta, query)));
  const others = results.filter((result) => !called.includes(result));
  const speaks = ({ meta }: PagefindResult) => queries.some((query) => namesAll(meta, query.split(' ')));
  return [
    ...called.sort((a, b) => rank(a) - rank(b)),
    ...others.filter(speaks),
    ...others.filter((result) => !speaks(result)),
  ];
}
