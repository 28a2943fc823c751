import type { AstroIntegration } from 'astro';
import { type ContentSource, entriesOf } from '../collections/content-source.ts';
import { indexPages, type RenderedPage } from './build-index.ts';
import { siteRecords } from './site-records.ts';

/** Pages besides the ones that content brings; one that does not exist is skipped. */
const fixedPages = [
  '/',
  '/trainers/',
  '/guides/',
  '/examples/',
  '/paths/',
  '/choose/',
  '/explorers/',
  '/reference/',
  '/status/',
];

/** Content types of Pagefind's files; the rest is binary. */
const contentTypes: Record<string, string> = {
  js: 'text/javascript',
  json: 'application/json',
  css: 'text/css',
};

/**
 * The search in `astro dev`: answers `<base>pagefind/*` from an index in memory, made of the dev server's own
 * pages when the search is first opened, and again when it is opened after the content changed.
 *
 * @param readSource gives the same object as long as the content has not changed
 * @param base base path with slashes at both ends
 */
export function searchInDev(readSource: () => Promise<ContentSource>, base: string): AstroIntegration {
  return {
    name: 'search-in-dev',
    hooks: {
      'astro:server:setup': ({ server, logger }) => {
        let current: { source: ContentSource; files: Promise<Map<string, Uint8Array>> } | undefined;

        const filesFor = async (opened: boolean): Promise<Map<string, Uint8Array>> => {
          const source = await readSource();
          if (!current || (opened && current.source !== source)) {
            const origin = server.resolvedUrls?.local[0];
            if (!origin) throw new Error('the dev server has no address yet');
            current = { source, files: indexDevSite(source, new URL(origin).origin, base) };
          }
          return current.files;
        };

        server.middlewares.use((request, response, next) => {
          const { pathname } = new URL(request.url ?? '/', 'http://localhost');
          // Vite strips the base of some requests and not of others.
          const [, path] = /^(?:.*)\/pagefind\/(.+)$/.exec(pathname) ?? [];
          if (path === undefined) return next();
          filesFor(path === 'pagefind.js')
            .then((files) => {
              const content = files.get(path);
              if (!content) return next();
              const type = contentTypes[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
              response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' });
              response.end(content);
            })
            .catch((error: unknown) => {
              current = undefined;
              logger.error(error instanceof Error ? `${error.message}: ${error.cause}` : String(error));
              response.writeHead(500).end();
            });
        });
      },
    },
  };
}

async function indexDevSite(
  source: ContentSource,
  origin: string,
  base: string,
): Promise<Map<string, Uint8Array>> {
  const paths = [
    ...fixedPages,
    ...entriesOf(source).map(({ ref }) => `/${ref}/`),
    ...source.paths.map(({ slug }) => `/paths/${slug}/`),
  ];
  const pages: RenderedPage[] = [];
  for (const path of paths) {
    const answer = await fetch(origin + base.slice(0, -1) + path);
    if (answer.ok) pages.push({ path, html: await answer.text() });
    else await answer.body?.cancel();
  }
  const taking = pages.filter(({ html }) => html.includes('data-pagefind-body'));
  const files = await indexPages(taking, siteRecords(pages, source));
  return new Map(files.map(({ path, content }) => [path, content]));
}
