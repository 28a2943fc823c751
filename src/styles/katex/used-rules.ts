import { classesOf, faceName, offeredFace, type Rule, readRules } from './rules.ts';

/** Says the release of the sheet, which the check of the built site reads. */
const kept = 'katex-version';

/**
 * The rules of KaTeX's style sheet that a site's formulas use, and the faces that those rules can ask for. A rule
 * stays when some element may match it: when every class of one of its selectors is somewhere on the site.
 *
 * @param css KaTeX's style sheet
 * @param used every class on the site's pages
 */
export function usedRules(css: string, used: ReadonlySet<string>): string {
  const matches = (selector: string) => classesOf(selector).every((name) => name === kept || used.has(name));
  const rules = readRules(css);
  const styling = rules
    .filter((rule) => offeredFace(rule) === undefined)
    .map((rule) => ({ ...rule, selectors: rule.selectors.filter(matches) }))
    .filter(({ selectors }) => selectors.length > 0);
  const wanted = facesOf(styling);
  const faces = rules.filter((rule) => wanted.has(offeredFace(rule) ?? ''));
  return [...faces, ...styling].map(({ selectors, body }) => `${selectors.join(',')}{${body}}`).join('');
}

/**
 * Every face that elements can have under these rules. Family, weight and slant are inherited one by one
 * (`\textbf{\textit{…}}`), so each family may meet each weight and slant that any rule sets.
 */
function facesOf(rules: readonly Rule[]): Set<string> {
  const all = (property: string, first: string) =>
    new Set([first, ...rules.flatMap(({ declarations }) => declarations.get(property) ?? [])]);
  const faces = new Set<string>();
  for (const family of all('font-family', 'KaTeX_Main')) {
    for (const weight of all('font-weight', '400')) {
      for (const style of all('font-style', 'normal')) faces.add(faceName(family, weight, style));
    }
  }
  return faces;
}
