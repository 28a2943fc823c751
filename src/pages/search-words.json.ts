import type { APIRoute } from 'astro';
import { getSite } from '../content.ts';
import { lexicon } from '../search/lexicon.ts';

/** The names by which the search understands queries. */
export const GET: APIRoute = async () => {
  const { source } = await getSite();
  return new Response(JSON.stringify(lexicon(source)), { headers: { 'content-type': 'application/json' } });
};
