import type { APIRoute } from 'astro';
import { getSite } from '../content.ts';
import { pageUrl } from '../markdown-twin/scope.ts';
import { markdownTwin } from '../markdown-twin/twin.ts';
import { readingOrder } from '../navigation/neighbours.ts';
import { llmsFull } from '../share/llms.ts';
import { llmsHead } from '../share/llms-site.ts';

/** Every Markdown twin in one text, in the order of the sidebar. */
export const GET: APIRoute = async ({ site: address, url }) => {
  const site = { ...(await getSite()), origin: (address ?? url).origin };
  const texts = readingOrder(site.sidebar).map((page) => ({
    url: pageUrl(page.ref, site),
    markdown: markdownTwin(page, site),
  }));
  return new Response(llmsFull(llmsHead(site), texts), {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
};
