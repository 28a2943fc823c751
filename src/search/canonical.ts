import { greekLetters } from '../greek-letters.ts';

/*
 * One spelling for what readers type and for what names are called, in the build and in the browser.
 */

/** `alpha`, `beta`, …: words that a reader may type for a letter. */
export const greekNames: readonly string[] = [...new Set(Object.values(greekLetters))];

/** The words of a text in lower case, Greek letters by name; `_`, and `.` inside a word, belong to words. */
export function canonicalWords(text: string): string[] {
  const latin = text
    .normalize('NFKC')
    .replace(/\p{Script=Greek}/gu, (letter) => greekLetters[letter] ?? letter);
  return latin.toLowerCase().match(/[\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)*/gu) ?? [];
}

/** A name or a query in the form in which two of them are compared. */
export function canonical(text: string): string {
  return canonicalWords(text).join(' ');
}

const spellings: readonly [british: RegExp, american: string][] = [
  [/is(e|es|ed|er|ers|ing|ation|ations)$/, 'iz$1'],
  [/ll(ing|ed|er|ers)$/, 'l$1'],
  [/our(s|al|ally)?$/, 'or$1'],
];
const backwards: readonly [american: RegExp, british: string][] = [
  [/iz(e|es|ed|er|ers|ing|ation|ations)$/, 'is$1'],
  [/([aeiou])l(ing|ed)$/, '$1ll$2'],
  [/or(s|al|ally)$/, 'our$1'],
];

/** The other side of the Atlantic's spelling of a word; undefined when both write it alike. */
export function otherSpelling(word: string): string | undefined {
  if (word.length < 6) return undefined;
  for (const [pattern, other] of [...spellings, ...backwards])
    if (pattern.test(word)) return word.replace(pattern, other);
  return undefined;
}
