import type { ContentSource } from '../collections/content-source.ts';
import { entriesOf } from '../collections/content-source.ts';
import { errorCodes } from '../errors/error-code.ts';
import { canonicalWords, greekNames } from './canonical.ts';
import { plainTex } from './plain-tex.ts';

/** What the search must know to understand a query: served as `/search-words.json`, fetched with the index. */
export interface Lexicon {
  /** Trainers in the order of the registry. */
  trainers: { slug: string; name: string; documented: boolean; names: string[] }[];
  /** Every word that something on the site is called by, sorted. */
  words: string[];
}

type Named = Pick<
  ContentSource,
  'trainers' | 'glossary' | 'facts' | 'annotated' | 'guides' | 'scripts' | 'migration'
>;

/** Collects the names of trainers, pages, config fields, glossary terms, errors and what migration notes speak of. */
export function lexicon(source: Named): Lexicon {
  const { trainers, glossary, facts, annotated, migration } = source;
  const configs = new Set(trainers.map(({ config }) => config));
  const fields = facts.flatMap(({ classes }) =>
    classes.filter(({ name }) => configs.has(name)).flatMap((each) => each.fields.map(({ name }) => name)),
  );
  const pages = entriesOf(source).flatMap(({ data }) => [data.title, data.question, ...data.covers]);
  const terms = glossary.flatMap(({ term, symbol, plain }) => [
    term,
    ...(symbol ? [plainTex(symbol)] : []),
    ...plain,
  ]);
  const changed = migration.flatMap(({ changes }) => changes);
  const names = trainers.flatMap((each) => [each.title, ...namesOf(each)]);
  const words = new Set(
    [...names, ...fields, ...pages, ...terms, ...changed, ...greekNames, ...errorCodes].flatMap(wordsIn),
  );
  const documented = new Set(annotated.map(({ data }) => data.trainers[0]));
  return {
    trainers: trainers.map((each) => ({
      slug: each.slug,
      name: each.name,
      documented: documented.has(each.slug),
      names: [
        ...new Set(
          namesOf(each).flatMap((name) => (canonicalWords(name).length === 1 ? canonicalWords(name) : [])),
        ),
      ],
    })),
    words: [...words].filter((word) => word.length > 2).sort(),
  };
}

/** `DPO`, `DPOTrainer`, `DPOConfig`, and the registry's aliases. */
export function namesOf(trainer: ContentSource['trainers'][number]): string[] {
  const { name, class: type, config, aliases } = trainer;
  return [name, type, config, ...aliases];
}

/** A word, and the parts of `max_length` and `DPOConfig.beta`. */
function wordsIn(text: string): string[] {
  return canonicalWords(text).flatMap((word) => [word, ...word.split(/[._]/)]);
}
