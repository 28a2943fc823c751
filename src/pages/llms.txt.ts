import type { APIRoute } from 'astro';
import { getSite } from '../content.ts';
import { llmsIndex } from '../share/llms.ts';
import { llmsHead, llmsSections } from '../share/llms-site.ts';

/** The index of the site for language models. */
export const GET: APIRoute = async ({ site: address, url }) => {
  const site = { ...(await getSite()), origin: (address ?? url).origin };
  return new Response(llmsIndex(llmsHead(site), llmsSections(site)), {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
};
