import { greekLetters } from '../greek-letters.ts';

/** Letters that no accent can be taken from. */
const letters: Readonly<Record<string, string>> = {
  ...greekLetters,
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
  '&': ' and ',
  '%': ' percent ',
  '+': ' plus ',
  '∞': ' infinity ',
};

/** A section's own page, and names that Windows has for itself: no file can be called so there. */
const reserved = /^(?:index|con|prn|aux|nul|com[0-9]|lpt[0-9])$/;

/**
 * A title or a name as the name of a file and an address: lower-case ASCII words joined by hyphens, cut between
 * words. Accents are dropped, the Greek letters of formulas are spelt out, a reserved name gets `-page`. Empty for a
 * text in a script that has no such spelling here (Chinese, Cyrillic).
 *
 * @param longest how many characters there may be
 */
export function slugOf(title: string, longest = 60): string {
  const spelt = [...title.toLowerCase().normalize('NFKD')]
    .map((letter) => letters[letter] ?? letter)
    .join('')
    .replace(/\p{M}+|['’ʼ`]/gu, '');
  const words = spelt.split(/[^a-z0-9]+/).filter((word) => word !== '');
  let slug = '';
  for (const word of words) {
    const longer = slug === '' ? word.slice(0, longest) : `${slug}-${word}`;
    if (longer.length > longest) break;
    slug = longer;
  }
  return reserved.test(slug) ? `${slug}-page` : slug;
}
