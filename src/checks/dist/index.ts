import { byPlace, type Problem } from '../../errors/problem.ts';
import type { PageCheck, SiteCheck, SiteContext } from './check.ts';
import { checkHeadings } from './headings.ts';
import { checkInlineStyle } from './inline-style.ts';
import { checkKatexClasses, checkKatexRelease } from './katex.ts';
import { checkLinks, type LinkedPage } from './links.ts';
import { readPage, type SitePage } from './page.ts';
import { checkPageHead } from './page-head.ts';
import { checkPageWeight } from './page-weight.ts';
import { referencesOf } from './references.ts';
import { checkTexIndexed } from './tex-indexed.ts';
import { checkThirdParty, checkThirdPartyStyles } from './third-party.ts';
import { markdownTwins } from './twin-links.ts';
import { WeightReport } from './weight-report.ts';

/**
 * All problems of a built site that are cheap to find. One page at a time is parsed and let go, so memory
 * does not grow with the site.
 *
 * @param katexVersion version of the katex package that rendered the formulas
 * @param more checks that are too slow for every build (`checkHtml`)
 * @param weights collects what each kind of page weighs
 */
export function checkSite(
  context: SiteContext,
  katexVersion: string,
  more: readonly PageCheck[] = [],
  weights = new WeightReport(),
): Problem[] {
  const pageChecks: PageCheck[] = [
    checkPageHead,
    checkHeadings,
    checkInlineStyle,
    checkThirdParty,
    checkKatexClasses(context.site),
    checkPageWeight((page, weight) => weights.add(page, weight, context)),
    ...more,
  ];
  const siteChecks: SiteCheck[] = [checkKatexRelease(katexVersion), checkThirdPartyStyles, checkTexIndexed];
  const problems: Problem[] = [];
  const linked: LinkedPage[] = [];
  for (const path of pagePaths(context)) {
    const page = readPage(context.site, path);
    for (const check of pageChecks) problems.push(...check(page, context));
    linked.push(outline(page));
  }
  for (const check of siteChecks) problems.push(...check(context));
  problems.push(...checkLinks([...linked, ...markdownTwins(context)], context));
  return once(problems, context).sort(byPlace);
}

/**
 * A page and its Markdown twin have their addresses from one file: what is wrong there is told once. The twin's
 * addresses are whole.
 */
function once(problems: readonly Problem[], { origin }: SiteContext): Problem[] {
  const key = ({ code, file, line, column, message }: Problem) =>
    [code, file, line, column, message.replaceAll(origin, '')].join(' ');
  const unique = new Map<string, Problem>();
  for (const each of problems) if (!unique.has(key(each))) unique.set(key(each), each);
  return [...unique.values()];
}

/** The pages of a site, without what Pagefind brings along. */
export function pagePaths({ site }: SiteContext): string[] {
  return [...site.paths].filter((path) => path.endsWith('.html') && !path.startsWith('pagefind/'));
}

/** What the check of links needs of a page. */
export function outline(page: SitePage): LinkedPage {
  const ids = page.elements.flatMap(({ attributes }) =>
    [attributes.id, attributes.name].filter((id) => id !== undefined),
  );
  return { url: page.url, ids: new Set(ids), references: referencesOf(page) };
}
