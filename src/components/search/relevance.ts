import type { PagefindResult } from './pagefind.ts';

/** The part of a word that a match must share with it: enough for `train` to match `training`. */
const SHARED = 0.6;

/**
 * Whether a result has to do with the words of a query. For a word that no page has, Pagefind falls back to
 * ever shorter beginnings of it, down to a single letter; such results are noise.
 */
export function isRelevant(result: PagefindResult, text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  const matches = [...result.excerpt.matchAll(/<mark>(.*?)<\/mark>/g)].flatMap(([, mark = '']) =>
    (`${mark} ${mark.replace(/-/g, '')}`.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []).flatMap((match) => [
      match,
      ...match.split('_'),
    ]),
  );
  if (words.length === 0 || matches.length === 0) return true;
  return words.some((word) => {
    const beginning = word.slice(0, Math.max(Math.min(word.length, 3), Math.ceil(word.length * SHARED)));
    return matches.some((match) => match.includes(beginning));
  });
}
