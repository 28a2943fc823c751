import type { ContentSource } from '../../collections/content-source.ts';
import { originOf } from '../../collections/content-source.ts';
import type { DataPath } from '../../collections/origin.ts';
import { type Place, type Problem, problem } from '../../errors/problem.ts';

interface Claim {
  id: string;
  place: Place;
}

/** No id is claimed twice: by two files of a collection, two records of a list, or two spellings of a term. */
export function checkDuplicateIds(source: ContentSource): Problem[] {
  const claims = (
    records: readonly object[],
    path: DataPath,
    id: (index: number) => string | undefined,
  ): Claim[] =>
    records.map((record, index) => ({ id: id(index) ?? '', place: originOf(source, record).locate(path) }));
  return [
    ...duplicates(
      'trainer',
      claims(source.trainers, ['slug'], (at) => source.trainers[at]?.slug),
    ),
    ...duplicates(
      'learning path',
      claims(source.paths, ['slug'], (at) => source.paths[at]?.slug),
    ),
    ...duplicates(
      'learning path number',
      claims(source.paths, ['order'], (at) => String(source.paths[at]?.order)),
    ),
    ...duplicates(
      'paper',
      claims(source.papers, ['id'], (at) => source.papers[at]?.id),
    ),
    ...duplicates(
      'term',
      claims(source.glossary, ['id'], (at) => source.glossary[at]?.id),
    ),
    ...duplicates(
      'term',
      claims(source.glossary, ['term'], (at) => source.glossary[at]?.term.toLowerCase()),
    ),
    ...[source.annotated, source.guides, source.scripts].flatMap((entries) =>
      duplicates(
        'entry',
        entries.map(({ ref, file }) => ({ id: ref, place: { file, line: 1, column: 1 } })),
      ),
    ),
  ];
}

/** The later claims of each id, each with the place of the first. */
function duplicates(what: string, claims: readonly Claim[]): Problem[] {
  const first = new Map<string, Place>();
  return claims.flatMap(({ id, place }) => {
    const taken = first.get(id);
    if (!taken) {
      first.set(id, place);
      return [];
    }
    return [
      problem('id-duplicate', place, `the ${what} \`${id}\` is already at ${taken.file}:${taken.line}`),
    ];
  });
}
