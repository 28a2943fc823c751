import { createHash } from 'node:crypto';
import { byPlace, type Problem } from '../../errors/problem.ts';
import { type Remembered, remembered } from '../../kept/remembered.ts';
import type { PageCheck, SiteCheck, SiteContext } from './check.ts';
import { checkHeadings } from './headings.ts';
import { checkInlineStyle } from './inline-style.ts';
import { checkKatexClasses, checkKatexRelease } from './katex.ts';
import { checkLinks, type LinkedPage } from './links.ts';
import { readPage, type SitePage, urlOf } from './page.ts';
import { checkPageHead } from './page-head.ts';
import { overBudget, type PageWeight, weigh } from './page-weight.ts';
import { type Reference, referencesOf } from './references.ts';
import { checkTexIndexed } from './tex-indexed.ts';
import { checkThirdParty, checkThirdPartyStyles } from './third-party.ts';
import { markdownTwins } from './twin-links.ts';
import { WeightReport } from './weight-report.ts';

/** What the checks of one page find in it, and what those of the whole site need of it. */
export interface PageFindings {
  problems: Problem[];
  ids: string[];
  references: Reference[];
  weight: PageWeight;
}

/** How a site is checked. */
export interface SiteChecking {
  /** Checks that are too slow for every build (`checkHtml`). */
  more?: readonly PageCheck[];
  /** Collects what each kind of page weighs. */
  weights?: WeightReport;
  /** What earlier checks found in pages, in their HTML and in what it loads. */
  memory?: Remembered<PageFindings>;
}

/**
 * All problems of a built site that are cheap to find. One page at a time is parsed and let go, so memory
 * does not grow with the site.
 *
 * @param katexVersion version of the katex package that rendered the formulas
 */
export function checkSite(
  context: SiteContext,
  katexVersion: string,
  { more = [], weights = new WeightReport(), memory = remembered() }: SiteChecking = {},
): Problem[] {
  const { site } = context;
  const pageChecks: PageCheck[] = [
    checkPageHead,
    checkHeadings,
    checkInlineStyle,
    checkThirdParty,
    checkKatexClasses(site),
    ...more,
  ];
  const siteChecks: SiteCheck[] = [checkKatexRelease(katexVersion), checkThirdPartyStyles, checkTexIndexed];
  memory.nextRound();
  const sizes = new Map<string, number>();
  const around = loadedDigest(context);
  const problems: Problem[] = [];
  const linked: LinkedPage[] = [];
  for (const path of pagePaths(context)) {
    const html = site.read(path);
    const look = (): PageFindings => {
      const page = readPage(site, path);
      const weight = weigh(page, context, sizes);
      const found = [...pageChecks.flatMap((check) => check(page, context)), ...overBudget(page, weight)];
      const { ids, references } = outline(page);
      return { problems: found, ids: [...ids], references: [...references], weight };
    };
    const key = createHash('sha256').update(`${around} ${path} `).update(html).digest('hex');
    const { problems: found, ids, references, weight } = memory.recall(key, look);
    problems.push(...found);
    linked.push({ url: urlOf(path), ids: new Set(ids), references });
    weights.add(urlOf(path), weight, context, () => readPage(site, path));
  }
  for (const check of siteChecks) problems.push(...check(context));
  problems.push(...checkLinks([...linked, ...markdownTwins(context)], context));
  return once(problems, context).sort(byPlace);
}

/** Names what pages are checked against besides their HTML: where the site will be, its style sheets and scripts. */
function loadedDigest({ site, base, origin }: SiteContext): string {
  const hash = createHash('sha256').update(JSON.stringify([site.name, base, origin]));
  for (const path of site.paths) {
    if (/\.(?:css|js)$/.test(path) && !path.startsWith('pagefind/'))
      hash.update(path).update(site.read(path));
  }
  return hash.digest('hex');
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
