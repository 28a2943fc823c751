import type { SiteContext } from '../../../src/checks/dist/check.ts';
import { readPage, type SitePage } from '../../../src/checks/dist/page.ts';

/** A site in memory, built for https://site.test/base/. */
export function siteOf(files: Record<string, string | Uint8Array>): SiteContext {
  const encode = new TextEncoder();
  return {
    site: {
      name: 'dist',
      paths: new Set(Object.keys(files)),
      read: (path) => {
        const content = files[path];
        if (content === undefined) throw new Error(`the test has no ${path}`);
        return typeof content === 'string' ? encode.encode(content) : content;
      },
    },
    base: '/base/',
    origin: 'https://site.test',
  };
}

/** A page with a good head around a body. */
export function html(body: string, path = ''): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title><meta name="description" content="What it is."><link rel="canonical" href="https://site.test/base/${path}"></head><body>${body}</body></html>`;
}

/** `index.html` of a site that has nothing else, and the site. */
export function onePage(text: string): [SitePage, SiteContext] {
  const context = siteOf({ 'index.html': text });
  return [readPage(context.site, 'index.html'), context];
}
