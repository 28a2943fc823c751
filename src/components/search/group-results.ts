import type { PagefindResult, PagefindSubResult } from './pagefind.ts';

/** A place inside a page: a heading, a config field, a glossary term. */
export interface SubResult {
  url: string;
  title: string;
  /** Only for records: what they are. */
  kind?: string;
  excerpt: string;
}

/** Everything found on one page. */
export interface ResultGroup {
  url: string;
  title: string;
  /** Kind and excerpt (empty when a place has the same) of the page; absent when only places were found. */
  page?: { kind: string; excerpt: string };
  places: SubResult[];
}

/** Headings shown of one page, the ones with most matches. */
const HEADINGS = 3;

/**
 * Groups results by page, best page first. A record (`/trainers/dpo/#DPOConfig.beta`) joins its page; a page
 * of which only records were found is named by the record's `page`.
 */
export function groupResults(results: readonly PagefindResult[]): ResultGroup[] {
  const groups = new Map<string, ResultGroup>();
  for (const result of results) {
    const [url = result.url, anchor] = result.url.split('#');
    const kind = result.filters.kind?.[0] ?? '';
    const group = groups.get(url) ?? { url, title: result.meta.page ?? '', places: [] };
    groups.set(url, group);
    if (anchor === undefined) {
      group.title = result.meta.title ?? url;
      group.page = { kind, excerpt: result.excerpt };
      group.places.push(...headings(url, result.sub_results ?? []));
    } else {
      group.places.push({
        url: result.url,
        title: result.meta.title ?? anchor,
        kind,
        excerpt: result.excerpt,
      });
    }
  }
  return [...groups.values()].map(withoutRepetition);
}

/** A page whose excerpt is that of one of its headings shows it once, there. */
function withoutRepetition(group: ResultGroup): ResultGroup {
  const { page, places } = group;
  if (!page || !places.some(({ excerpt }) => excerpt === page.excerpt)) return group;
  return { ...group, page: { ...page, excerpt: '' } };
}

/** The headings with most matches, in the order of the page. */
function headings(pageUrl: string, subResults: readonly PagefindSubResult[]): SubResult[] {
  const best = subResults
    .filter(({ url }) => url !== pageUrl)
    .sort((a, b) => (b.locations?.length ?? 0) - (a.locations?.length ?? 0))
    .slice(0, HEADINGS);
  return subResults
    .filter((sub) => best.includes(sub))
    .map(({ url, title, excerpt }) => ({ url, title, excerpt }));
}
