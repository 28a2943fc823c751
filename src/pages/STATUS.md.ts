import type { APIRoute } from 'astro';
import { getSite } from '../content.ts';
import { renderMarkdown } from '../coverage/render-markdown.ts';

/** The coverage report as Markdown. */
export const GET: APIRoute = async () => {
  const { coverage } = await getSite();
  return new Response(renderMarkdown(coverage), {
    headers: { 'content-type': 'text/markdown; charset=utf-8' },
  });
};
