import type { APIRoute } from 'astro';
import { getSite, href } from '../content.ts';
import { kindLabels } from '../navigation/page.ts';
import { feed } from '../share/feed.ts';
import { siteName } from '../share/site-name.ts';

/** New and changed pages: entries, and learning paths. */
export const GET: APIRoute = async ({ site, url }) => {
  const { pages, paths, dates } = await getSite();
  const entries = [...pages.values()].map(({ data, href, kind, updated }) => ({
    title: data.title,
    description: data.summary,
    href,
    kind: kindLabels[kind],
    updated,
  }));
  const ways = paths.map(({ slug, title, for_whom, href }) => ({
    title,
    description: for_whom,
    href,
    kind: 'Learning path',
    updated: dates.get(`learning-paths/${slug}.yaml`)?.last,
  }));
  const xml = await feed([...entries, ...ways], {
    title: siteName,
    description: 'New and changed pages on the trainers of Hugging Face TRL.',
    origin: (site ?? url).origin,
    base: href('/'),
  });
  return new Response(xml, { headers: { 'content-type': 'application/rss+xml; charset=utf-8' } });
};
