import { canonicalWords, otherSpelling } from './canonical.ts';
import type { Lexicon } from './lexicon.ts';
import { nearestWord } from './nearest-word.ts';

/** What a query asks for. */
export interface Interpretation {
  /** The words to look for; stop words are gone unless there is nothing else. */
  terms: string[];
  /** The same in the other spelling of English; absent when there is none. */
  respelt?: string[];
  /** Words of the query that were taken for a trainer's name. */
  corrected: { from: string; to: string }[];
  /** Slugs of two or three trainers that the query compares. */
  compared: string[];
}

const stopWords = new Set(
  `a an and are as at be been between by can could did difference do does for from get gets has have how i if in is
   it its me my of on or our please should so than that the their then there they this to us use used using versus vs was we what
   when where which why will with would you your`.split(/\s+/),
);
const comparing = new Set([
  'vs',
  'versus',
  'or',
  'and',
  'between',
  'compare',
  'compared',
  'comparison',
  'difference',
  'against',
  'better',
  'than',
]);
/** As many as the catalogue sets side by side. */
const mostCompared = 3;

/**
 * Reads a query: `Dpo vs. ORPO?` compares two trainers, `gpro` is GRPO, `λ` is lambda.
 *
 * @param text as typed
 */
export function interpret(text: string, lexicon: Lexicon): Interpretation {
  const words = canonicalWords(text);
  const corrected: Interpretation['corrected'] = [];
  const known = new Set(lexicon.words);
  const names = lexicon.trainers.flatMap((trainer) => trainer.names);
  const read = words.flatMap((word) => {
    if (word.length < 3 || stopWords.has(word) || known.has(word)) return word;
    const parts = inTwo(word, known);
    if (parts) return parts;
    const to = nearestWord(word, names, 1);
    if (to === undefined || lexicon.words.some((other) => other.startsWith(word))) return word;
    corrected.push({ from: word, to });
    return to;
  });
  const content = read.filter((word) => !stopWords.has(word));
  const terms = [...new Set(content.length > 0 ? content : read)];
  const respelt = terms.map((term) => otherSpelling(term) ?? term);
  const compares = words.some((word) => comparing.has(word));
  const compared = compares ? trainersIn(terms, lexicon) : [];
  return {
    terms,
    ...(respelt.join(' ') === terms.join(' ') ? {} : { respelt }),
    corrected,
    compared: compared.length >= 2 ? compared.slice(0, mostCompared) : [],
  };
}

/**
 * The terms with unknown words replaced by their nearest known ones, for a query that found nothing; undefined
 * when no word has a neighbour.
 */
export function mended(terms: readonly string[], lexicon: Lexicon): Interpretation['corrected'] {
  const known = new Set(lexicon.words);
  return terms.flatMap((from) => {
    if (from.length < 5 || known.has(from)) return [];
    const to = nearestWord(from, lexicon.words, from.length < 8 ? 1 : 2);
    return to === undefined ? [] : [{ from, to }];
  });
}

/** `finetuning` as `fine` and `tuning`, when the site knows both; undefined when it does not. */
function inTwo(word: string, known: ReadonlySet<string>): [string, string] | undefined {
  for (let at = 3; at <= word.length - 4; at++) {
    const parts: [string, string] = [word.slice(0, at), word.slice(at)];
    if (parts.every((part) => known.has(part))) return parts;
  }
  return undefined;
}

/** Documented trainers that the terms name, each once, in the order of the query. */
function trainersIn(terms: readonly string[], { trainers }: Lexicon): string[] {
  const found = terms.flatMap(
    (term) => trainers.find(({ documented, names }) => documented && names.includes(term))?.slug ?? [],
  );
  return [...new Set(found)];
}
