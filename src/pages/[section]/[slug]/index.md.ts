import type { APIRoute, GetStaticPaths } from 'astro';
import { cached, getSite, type Page, pageTwin } from '../../../content.ts';

/** The Markdown twin of each entry page, beside its HTML. */
export const getStaticPaths = (async () =>
  [...(await getSite()).pages.values()].map((page) => {
    const [section, slug] = page.ref.split('/');
    return { params: { section, slug }, props: { page }, ...cached(page) };
  })) satisfies GetStaticPaths;

export const GET: APIRoute<{ page: Page }> = async ({ props, url, site }) => {
  const { origin } = site ?? url;
  return new Response(await pageTwin(props.page, origin), {
    headers: { 'content-type': 'text/markdown; charset=utf-8' },
  });
};
