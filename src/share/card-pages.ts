import { fromHtml } from 'hast-util-from-html';
import { visit } from 'unist-util-visit';
import { readText, type SiteFiles } from '../checks/dist/site-files.ts';
import type { CardPage } from './write-cards.ts';

/** The pages of a built site whose head names a picture, with the titles that they have there. */
export function cardPages(site: SiteFiles): CardPage[] {
  return [...site.paths]
    .filter((path) => path.endsWith('.html'))
    .flatMap((path) => {
      const html = readText(site, path);
      const head = new Map<string, string>();
      visit(fromHtml(html.slice(0, html.indexOf('</head>'))), 'element', ({ properties }) => {
        if (typeof properties.property === 'string')
          head.set(properties.property, String(properties.content ?? ''));
      });
      const title = head.get('og:title');
      return title !== undefined && head.has('og:image')
        ? [{ ref: path.replace(/(^|\/)index\.html$/, ''), title }]
        : [];
    });
}
