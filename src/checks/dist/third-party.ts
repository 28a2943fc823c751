import { type Problem, problem } from '../../errors/problem.ts';
import type { PageCheck, SiteCheck, SiteContext } from './check.ts';
import { referencesOf } from './references.ts';
import { readText } from './site-files.ts';

/** A file that a page makes the browser fetch from another host. Links to other sites are fine. */
export const checkThirdParty: PageCheck = (page, context) =>
  referencesOf(page)
    .filter(({ kind, href }) => kind === 'asset' && isForeign(href, context))
    .map(({ place, href }) =>
      problem(
        'third-party',
        context.sourceOf?.(page.url, href) ?? place,
        `expected a file of this site, found ${href}`,
      ),
    );

/** The same for style sheets, which fetch fonts, pictures and other style sheets. */
export const checkThirdPartyStyles: SiteCheck = (context) => {
  const problems: Problem[] = [];
  for (const path of context.site.paths) {
    if (!path.endsWith('.css')) continue;
    const css = readText(context.site, path);
    for (const match of css.matchAll(/(?:url\(|@import\s+)\s*["']?([^"')\s;]+)/g)) {
      const [, href = ''] = match;
      if (!isForeign(href, context)) continue;
      const before = css.slice(0, match.index).split('\n');
      const place = {
        file: `${context.site.name}/${path}`,
        line: before.length,
        column: (before.at(-1)?.length ?? 0) + 1,
      };
      problems.push(problem('third-party', place, `expected a file of this site, found ${href}`));
    }
  }
  return problems;
};

function isForeign(href: string, { origin }: SiteContext): boolean {
  if (!/^(?:https?:)?\/\//i.test(href)) return false;
  return new URL(href, origin).origin !== origin;
}
