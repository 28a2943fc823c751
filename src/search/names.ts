import type { Trainer } from '../collections/trainer.ts';
import type { PageKind } from '../coverage/report-schema.ts';
import { canonical, canonicalWords } from './canonical.ts';

/*
 * What things are called stands in the index as the meta field `names`: it weighs more than their text, and a
 * query that equals a name leads to what bears it.
 */

const separator = ' | ';

export function namesMeta(names: readonly string[]): string {
  return [...new Set(names)].join(separator);
}

type Meta = Readonly<Record<string, string>>;

/** Whether a query is one of the names that a result bears. */
export function bearsName({ title, names, exactly }: Meta, query: string): boolean {
  const asked = canonical(query);
  return [title, names, exactly]
    .flatMap((each) => each?.split(separator) ?? [])
    .some((name) => canonical(name) === asked);
}

/** Whether one name of a result has every term of a query, as whole words in any order. */
export function namesAll({ title, names }: Meta, terms: readonly string[]): boolean {
  return [title, names]
    .flatMap((each) => each?.split(separator) ?? [])
    .some((name) => {
      const words = new Set(canonicalWords(name));
      return terms.every((term) => words.has(term));
    });
}

/**
 * What readers call a page, beside the title that it shows: the trainer for the page that shows how it works, the
 * method for the guide.
 */
export function pageNames(
  { kind, id }: { kind: PageKind; id: string },
  trainer: Trainer | undefined,
): string[] {
  const words = id.replaceAll('-', ' ');
  if (!trainer) return [words];
  const { slug, name, title, class: type, config, aliases } = trainer;
  switch (kind) {
    case 'annotated':
      return [name, type, config, ...aliases];
    case 'guide':
      return [words, `${name} loss`, `${name} objective`, title];
    case 'script':
      // A trainer's second script is found by what its name says.
      return id.startsWith(slug)
        ? [`${name} script`, `${name} example`, `${name} training script`, `${name} code`]
        : [words];
  }
}
