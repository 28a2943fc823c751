import { fileURLToPath } from 'node:url';

/** A face of KaTeX of which the letters that most formulas need are in a small file of our own. */
export interface SmallFace {
  family: string;
  weight: 400 | 700;
  /** In src/styles/fonts/, written by src/python/subset_fonts.py. */
  file: string;
  /** What the file has, as CSS says it. */
  range: string;
}

/** ASCII, capitals of Greek, and what losses are written with. */
const common =
  'U+20-5F,U+61-7E,U+A0,U+B1,U+D7,U+2C9,U+393-394,U+398,U+39B,U+39E,U+3A0,U+3A3,U+3A5-3A6,U+3A8-3A9,U+2026,U+2032,U+2113,U+2192,U+2202,U+2207-2208,U+220B,U+2212,U+2217,U+221D-221E,U+2223,U+2225,U+223C,U+2248,U+2264-2265,U+227A-227B,U+22A4,U+22C5,U+E020';

export const smallKatexFaces: readonly SmallFace[] = [
  {
    family: 'KaTeX_Main',
    weight: 400,
    file: 'katex-main.woff2',
    range: common,
  },
  {
    family: 'KaTeX_Main',
    weight: 700,
    file: 'katex-main-bold.woff2',
    range: common,
  },
  {
    family: 'KaTeX_AMS',
    weight: 400,
    file: 'katex-blackboard.woff2',
    range: 'U+41-5A',
  },
];

/** The rules of the small faces. */
export function smallFaces(): string {
  return smallKatexFaces
    .map(({ family, weight, file, range }) => {
      const path = fileURLToPath(new URL(`../fonts/${file}`, import.meta.url));
      return `@font-face{font-display:block;font-family:${family};font-style:normal;font-weight:${weight};src:url(${path}) format("woff2");unicode-range:${range}}`;
    })
    .join('');
}

/**
 * All but the zero-width space, which formulas are full of and no face has: a browser would fetch KaTeX's own file to
 * look for it. For the letters of a small file its rule wins, which comes later.
 */
export const rest = 'U+0-200A,U+200C-FFFF';

/** The rules of KaTeX's own files, each with a range where a small file has the rest. */
export function withRests(css: string): string {
  return css.replace(/@font-face\{[^{}]*\}/g, (rule) => {
    const hasSmall = smallKatexFaces.some(
      ({ family, weight }) =>
        rule.includes(`font-family:${family};`) &&
        rule.includes(`font-weight:${weight};`) &&
        rule.includes('font-style:normal'),
    );
    return hasSmall ? rule.replace(/\}$/, `;unicode-range:${rest}}`) : rule;
  });
}
