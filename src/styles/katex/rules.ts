/** A rule of KaTeX's style sheet, which nests nothing. */
export interface Rule {
  /** `@font-face`, or selectors. */
  selectors: readonly string[];
  /** Values by property. */
  declarations: ReadonlyMap<string, string>;
  /** As it stands in the sheet. */
  body: string;
}

/**
 * Reads a style sheet without nested rules.
 *
 * @throws Error for a rule inside another one: KaTeX has none
 */
export function readRules(css: string): Rule[] {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '');
  if (/\{[^{}]*\{/.test(plain))
    throw new Error('expected a style sheet without nested rules, found a rule in a rule');
  return [...plain.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selectors = '', body = '']) => ({
    selectors: selectors.split(',').map((each) => each.trim()),
    declarations: new Map(body.split(';').flatMap(declaration)),
    body: body.trim(),
  }));
}

/** A face as formulas ask for it: `KaTeX_Main 700 italic`. */
export function faceName(family: string, weight: string, style: string): string {
  return `${family.replaceAll(/["']/g, '')} ${weight} ${style}`;
}

/** The face that an `@font-face` rule offers; undefined for another rule. */
export function offeredFace({ selectors, declarations }: Rule): string | undefined {
  if (selectors[0] !== '@font-face') return undefined;
  const of = (property: string, otherwise: string) => declarations.get(property) ?? otherwise;
  return faceName(of('font-family', ''), of('font-weight', '400'), of('font-style', 'normal'));
}

/** The classes that an element and those around it must have for a selector to hold. */
export function classesOf(selector: string): string[] {
  return [...selector.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name = '']) => name);
}

function declaration(text: string): [string, string][] {
  const colon = text.indexOf(':');
  return colon < 0 ? [] : [[text.slice(0, colon).trim(), text.slice(colon + 1).trim()]];
}
