import { faceOf } from '../../styles/katex/face-of.ts';
import { offeredFace, type Rule, readRules } from '../../styles/katex/rules.ts';
import type { SitePage } from './page.ts';

/** An `@font-face` rule of the site. */
export interface FontFace {
  /** `KaTeX_Main 400 normal` */
  name: string;
  /** Path on the site without base. */
  file: string;
  has(letter: string): boolean;
}

/** What a page's formulas are drawn with. */
export interface FormulaFonts {
  files: Set<string>;
  /** Faces that no rule offers, each with letters that need it. */
  missing: Map<string, string>;
}

/** The font faces that a style sheet offers. @param base base path with slashes at both ends */
export function fontFaces(css: string, base: string): FontFace[] {
  const rules = [...css.matchAll(/@font-face\s*\{[^{}]*\}/g)].flatMap(([rule]) => readRules(rule));
  return rules.flatMap((rule) => {
    const name = offeredFace(rule);
    const [, url] = /url\(["']?([^"')]+)["']?\)/.exec(rule.declarations.get('src') ?? '') ?? [];
    if (name === undefined || url === undefined) return [];
    const file = url.startsWith(base) ? url.slice(base.length) : url;
    return [{ name, file, has: inRange(rule) }];
  });
}

/**
 * The font files that a page's formulas fetch, by the style sheet of the formulas.
 *
 * @param sheet rules of that style sheet
 */
export function formulaFonts(
  { formulaLetters }: SitePage,
  sheet: readonly Rule[],
  faces: readonly FontFace[],
): FormulaFonts {
  const face = faceOf(sheet);
  const found: FormulaFonts = { files: new Set(), missing: new Map() };
  for (const [around, letters] of formulaLetters) {
    const name = face(around);
    for (const letter of letters) {
      // Zero-width: no face has it, none needs to.
      if (letter === '\u200b') continue;
      const file = faces.findLast((each) => each.name === name && each.has(letter))?.file;
      if (file !== undefined) found.files.add(file);
      else found.missing.set(name, (found.missing.get(name) ?? '') + letter);
    }
  }
  return found;
}

/**
 * The files of the text faces that a page can fetch: those that have one of its letters. Whether the page sets
 * anything in italics is not asked, so this is an upper bound.
 */
export function textFonts(html: string, faces: readonly FontFace[]): Set<string> {
  const files = new Set<string>();
  const letters = new Set(html);
  for (const name of new Set(faces.map((face) => face.name))) {
    const named = faces.filter((face) => face.name === name);
    for (const letter of letters) {
      const file = named.findLast((each) => each.has(letter))?.file;
      if (file !== undefined) files.add(file);
    }
  }
  return files;
}

function inRange({ declarations }: Rule): (letter: string) => boolean {
  const range = declarations.get('unicode-range');
  if (range === undefined) return () => true;
  const spans = range.split(',').map((span) => {
    const [from = '', to = from] = span.trim().replace(/^u\+/i, '').split('-');
    // `U+4??` is `U+400-4FF`.
    return [
      Number.parseInt(from.replaceAll('?', '0'), 16),
      Number.parseInt(to.replaceAll('?', 'F'), 16),
    ] as const;
  });
  return (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return spans.some(([from, to]) => from <= code && code <= to);
  };
}
