import { getRssString } from '@astrojs/rss';

/** A page of the feed. */
export interface FeedPage {
  title: string;
  description: string;
  /** Path with base: `/docs/trainers/dpo/`. */
  href: string;
  /** What the page is: `Annotated trainer`. */
  kind: string;
  /** Day of the last commit, `2026-11-24`; undefined where git does not say. */
  updated: string | undefined;
}

/** Where the feed stands. */
export interface FeedSite {
  title: string;
  description: string;
  /** Scheme and host: `https://example.org`. */
  origin: string;
  /** Base path with slashes at both ends. */
  base: string;
}

/** Feeds hold the newest pages, not all. */
const longest = 50;

/**
 * The feed of new and changed pages, newest first. A page whose day of change nobody knows is left out. The id of an
 * item names the page and the day (RFC 4151), so a changed page is a new item, and a rebuilt one is not.
 *
 * @returns RSS 2.0 @see https://www.rssboard.org/rss-specification
 */
export async function feed(pages: readonly FeedPage[], site: FeedSite): Promise<string> {
  const dated = pages
    .flatMap((page) => (page.updated === undefined ? [] : [{ ...page, updated: page.updated }]))
    .sort((a, b) => byText(b.updated, a.updated) || byText(a.href, b.href))
    .slice(0, longest);
  const { host } = new URL(site.origin);
  const self = escaped(`${site.origin}${site.base}rss.xml`);
  return getRssString({
    title: site.title,
    description: site.description,
    site: `${site.origin}${site.base}`,
    xmlns: { atom: 'http://www.w3.org/2005/Atom' },
    customData: `<language>en</language><atom:link href="${self}" rel="self" type="application/rss+xml"/>`,
    items: dated.map(({ title, description, href, kind, updated }) => ({
      title,
      description,
      link: `${site.origin}${href}`,
      pubDate: new Date(`${updated}T00:00:00Z`),
      categories: [kind],
      customData: `<guid isPermaLink="false">${escaped(`tag:${host},${updated}:${href}`)}</guid>`,
    })),
  });
}

function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
