import { faceName, type Rule } from './rules.ts';

/** A selector's last part, and the parts before it from right to left. */
interface Matcher {
  /** Parts from right to left; `child` says that the part before must be the parent. */
  parts: { tag: string | undefined; classes: string[]; isChild: boolean }[];
  /** How many classes it names: more win. */
  weight: number;
}

/** A rule that sets something of the font. */
interface FontRule {
  matcher: Matcher;
  set: { family?: string; weight?: string; style?: string };
}

/**
 * Tells which face of KaTeX an element of a formula is drawn with, as a browser would work it out from the sheet.
 *
 * @param rules KaTeX's style sheet
 * @returns a function of the elements around a text, outermost first (`span.katex span.mord.mathbb`), to
 *   `KaTeX_AMS 400 normal`
 */
export function faceOf(rules: readonly Rule[]): (around: string) => string {
  const fontRules = rules.flatMap(fontRule);
  const known = new Map<string, string>();
  return (around) => {
    const found = known.get(around);
    if (found !== undefined) return found;
    const path = around.split(' ').map((each) => each.split('.'));
    let [family, weight, style] = ['KaTeX_Main', '400', 'normal'];
    for (const i of path.keys()) {
      const matching = fontRules
        .filter(({ matcher }) => matches(matcher, path.slice(0, i + 1)))
        .sort((a, b) => a.matcher.weight - b.matcher.weight);
      for (const { set } of matching) {
        family = set.family ?? family;
        weight = set.weight ?? weight;
        style = set.style ?? style;
      }
    }
    const face = faceName(family, weight, style);
    known.set(around, face);
    return face;
  };
}

function fontRule({ selectors, declarations }: Rule): FontRule[] {
  if (selectors[0] === '@font-face') return [];
  const family = declarations.get('font-family');
  const weight = declarations.get('font-weight');
  const style = declarations.get('font-style');
  if (family === undefined && weight === undefined && style === undefined) return [];
  const set = {
    ...(family !== undefined && { family }),
    ...(weight !== undefined && { weight }),
    ...(style !== undefined && { style }),
  };
  return selectors.map((selector) => ({ matcher: matcherOf(selector), set }));
}

function matcherOf(selector: string): Matcher {
  const words = selector.replaceAll(/\s*>\s*/g, ' >').split(/\s+/);
  const parts = words.map((word, i) => {
    const [tag = '', ...classes] = word.replace(/^>/, '').split('.');
    return {
      tag: tag === '' || tag === '*' ? undefined : tag,
      classes,
      isChild: words[i + 1]?.startsWith('>') ?? false,
    };
  });
  return { parts: parts.reverse(), weight: parts.reduce((sum, { classes }) => sum + classes.length, 0) };
}

/** @param path tag and classes of each element, outermost first; the last one is asked for */
function matches({ parts }: Matcher, path: readonly (readonly string[])[]): boolean {
  const from = (part: number, element: number): boolean => {
    const wanted = parts[part];
    if (!wanted) return true;
    for (let at = element; at >= 0; at--) {
      const [tag, ...classes] = path[at] ?? [];
      const fits =
        (wanted.tag === undefined || wanted.tag === tag) &&
        wanted.classes.every((name) => classes.includes(name));
      if (fits && from(part + 1, at - 1)) return true;
      // The first part must be the element itself, a parent exactly one above.
      if (part === 0 || wanted.isChild) return false;
    }
    return false;
  };
  return from(0, path.length - 1);
}
