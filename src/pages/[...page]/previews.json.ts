import type { APIRoute, GetStaticPaths } from 'astro';
import { cached, getSite, type Page, renderPage, type Site } from '../../content.ts';
import type { MarkdownSite } from '../../markdown-twin/scope.ts';
import { entryPreviews } from '../../previews/entry-previews.ts';
import type { Previews } from '../../previews/preview.ts';
import {
  cataloguePreviews,
  chooserPreviews,
  explorersPreviews,
  glossaryPreviews,
  pathPreviews,
  referencePreviews,
} from '../../previews/record-previews.ts';

/** What links to the places of a page show of them, beside the page; fetched when a reader asks for it. */
type Make = (site: MarkdownSite) => Previews | Promise<Previews>;

function makers({ source, pages, explorers }: Site): [string, Make, Page?][] {
  return [
    ['glossary', glossaryPreviews],
    ['trainers', cataloguePreviews],
    ['reference', referencePreviews],
    ...(source.chooser ? [['choose', chooserPreviews] satisfies [string, Make]] : []),
    [
      'explorers',
      (site) =>
        explorersPreviews(
          explorers.map(({ record }) => record),
          site,
        ),
    ],
    ...source.paths.map((path): [string, Make] => [`paths/${path.slug}`, (site) => pathPreviews(path, site)]),
    ...[...pages.values()].map((page): [string, Make, Page] => [
      page.ref,
      async (site) => entryPreviews(page, (await renderPage(page)).headings, site),
      page,
    ]),
  ];
}

export const getStaticPaths = (async () =>
  makers(await getSite()).map(([ref, make, page]) => ({
    params: { page: ref },
    props: { make },
    ...(page && cached(page)),
  }))) satisfies GetStaticPaths;

export const GET: APIRoute<{ make: Make }> = async ({ props, url, site }) => {
  const { origin } = site ?? url;
  const made = await props.make({ ...(await getSite()), origin });
  return new Response(JSON.stringify(made), { headers: { 'content-type': 'application/json' } });
};
