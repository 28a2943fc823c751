import type { APIRoute, GetStaticPaths } from 'astro';
import { getSite, type Page } from '../../../content.ts';
import { markdownTwin } from '../../../markdown-twin/twin.ts';

/** The Markdown twin of each entry page, beside its HTML. */
export const getStaticPaths = (async () =>
  [...(await getSite()).pages.values()].map((page) => {
    const [section, slug] = page.ref.split('/');
    return { params: { section, slug }, props: { page } };
  })) satisfies GetStaticPaths;

export const GET: APIRoute<{ page: Page }> = async ({ props, url, site }) => {
  const { origin } = site ?? url;
  return new Response(markdownTwin(props.page, { ...(await getSite()), origin }), {
    headers: { 'content-type': 'text/markdown; charset=utf-8' },
  });
};
