import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Problem, problem } from '../../errors/problem.ts';
import type { PageCheck, SiteCheck } from './check.ts';
import { readText, type SiteFiles } from './site-files.ts';

/** Every KaTeX style sheet says the release that it belongs to. */
const release = /\.katex \.katex-version:{1,2}after\{content:"([^"]+)"/;

/**
 * KaTeX's style sheet is of the release that writes the markup. Another release's rules do not fit, and
 * every formula is drawn wrong without an error.
 *
 * @param rendered version of the katex package that rendered the formulas
 */
export function checkKatexRelease(rendered: string): SiteCheck {
  return ({ site }) =>
    [...site.paths]
      .filter((path) => path.endsWith('.css'))
      .flatMap((path) => {
        const [, found] = release.exec(readText(site, path).replace(/\s*([{:])\s*/g, '$1')) ?? [];
        if (found === undefined || found === rendered) return [];
        const place = { file: `${site.name}/${path}`, line: 1, column: 1 };
        return [
          problem('katex-mismatch', place, `expected the style sheet of KaTeX ${rendered}, found ${found}`),
        ];
      });
}

/** Classes of KaTeX's markup that carry meaning and that its style sheet has no rule for. */
const unstyled = new Set([
  'mord',
  'mbin',
  'mrel',
  'mopen',
  'mclose',
  'mpunct',
  'mop',
  'minner',
  'mtight',
  'text',
]);

/**
 * Every layout class of a page's formulas has a rule in the site's style sheets, or in the whole sheet of KaTeX: the
 * site's has only the rules that some formula matches (`trimKatex`).
 */
export function checkKatexClasses(site: SiteFiles): PageCheck {
  const known = styledClasses(site);
  const whole = createRequire(import.meta.url).resolve('katex/dist/katex.min.css');
  for (const name of classNames(readFileSync(whole, 'utf8'))) known.add(name);
  return (page) => {
    const problems = new Map<string, Problem>();
    for (const { attributes, inKatex, place } of page.elements) {
      if (!inKatex || !attributes.class) continue;
      for (const name of attributes.class.split(/\s+/)) {
        if (name === '' || known.has(name) || unstyled.has(name) || problems.has(name)) continue;
        const message = `expected a rule for the class "${name}" of a formula, found none in any style sheet`;
        problems.set(name, problem('katex-mismatch', place, message));
      }
    }
    return [...problems.values()];
  };
}

function styledClasses(site: SiteFiles): Set<string> {
  const names = new Set<string>();
  for (const path of site.paths) {
    if (!path.endsWith('.css')) continue;
    for (const name of classNames(readText(site, path))) names.add(name);
  }
  return names;
}

function classNames(css: string): string[] {
  return [...css.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name = '']) => name);
}
