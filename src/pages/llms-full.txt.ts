import type { APIRoute } from 'astro';
import { getSite, pageTwin } from '../content.ts';
import { pageUrl } from '../markdown-twin/scope.ts';
import { readingOrder } from '../navigation/neighbours.ts';
import { llmsFull } from '../share/llms.ts';
import { llmsHead } from '../share/llms-site.ts';

/** Every Markdown twin in one text, in the order of the sidebar. */
export const GET: APIRoute = async ({ site: address, url }) => {
  const site = { ...(await getSite()), origin: (address ?? url).origin };
  const texts = await Promise.all(
    readingOrder(site.sidebar).map(async (page) => ({
      url: pageUrl(page.ref, site),
      markdown: await pageTwin(page, site.origin),
    })),
  );
  return new Response(llmsFull(llmsHead(site), texts), {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
};
