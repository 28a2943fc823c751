/** Letters that no accent can be taken from. */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'epsilon',
  θ: 'theta',
  λ: 'lambda',
  μ: 'mu',
  π: 'pi',
  ρ: 'rho',
  σ: 'sigma',
  τ: 'tau',
  φ: 'phi',
  ω: 'omega',
  '&': ' and ',
  '%': ' percent ',
  '+': ' plus ',
  '∞': ' infinity ',
};

/**
 * A title as the name of a file and an address: lower-case ASCII words joined by hyphens, at most 60 characters,
 * cut between words. Accents are dropped, the Greek letters of formulas are spelt out. Empty for a title in a
 * script that has no such spelling here (Chinese, Cyrillic): then the author names the file.
 */
export function slugOf(title: string): string {
  const spelt = [...title.toLowerCase().normalize('NFKD')]
    .map((letter) => letters[letter] ?? letter)
    .join('')
    .replace(/\p{M}+|['’ʼ`]/gu, '');
  const words = spelt.split(/[^a-z0-9]+/).filter((word) => word !== '');
  let slug = '';
  for (const word of words) {
    const longer = slug === '' ? word.slice(0, 60) : `${slug}-${word}`;
    if (longer.length > 60) break;
    slug = longer;
  }
  return slug;
}
