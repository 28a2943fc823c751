import { gzipSync } from 'node:zlib';
import type { Element } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { SKIP, visit } from 'unist-util-visit';
import { expect, test } from 'vitest';
import { pagePaths } from '../../src/checks/dist/index.ts';
import { urlOf } from '../../src/checks/dist/page.ts';
import { readText } from '../../src/checks/dist/site-files.ts';
import { previewsOf } from '../../src/previews/address.ts';
import { type Previews, previewsSchema } from '../../src/previews/preview.ts';
import { hasClass } from '../../src/search/html.ts';
import { builtSite } from './built-site.ts';

const context = builtSite();
const { site, base, origin } = context;
const files = [...site.paths].filter((path) => path.endsWith('previews.json'));
const previews = new Map(
  files.map((path): [string, Previews] => [
    `${base}${path}`,
    previewsSchema.parse(JSON.parse(readText(site, path))),
  ]),
);

/** The links of running text, as `reader.client.ts` chooses them. */
function linksOf(html: string): string[] {
  const found: string[] = [];
  const links = (node: Element) =>
    visit(node, 'element', (link) => {
      const { href, rel, download } = link.properties;
      const isPlain = rel === undefined && download === undefined;
      if (link.tagName !== 'a' || typeof href !== 'string' || !isPlain) return;
      if (!hasClass(link, 'permalink') && !hasClass(link, 'marker')) found.push(href);
    });
  visit(fromHtml(html), 'element', (node) => {
    if (!['prose', 'term-entry', 'symbols'].some((name) => hasClass(node, name))) return undefined;
    links(node);
    return SKIP;
  });
  return found;
}

test('every link of running text into the site has a preview', () => {
  const without: string[] = [];
  let count = 0;
  for (const path of pagePaths(context)) {
    const here = `${origin}${base.replace(/\/$/, '')}${urlOf(path)}`;
    for (const href of linksOf(readText(site, path))) {
      const url = new URL(href, here);
      const file = previewsOf(url.pathname, base);
      // An answer of the chooser leads to the next question: it is no link of a text.
      const isAnswer = path === 'choose/index.html' && href.startsWith('#');
      if (url.origin !== origin || file === undefined || isAnswer) continue;
      count += 1;
      const preview = previews.get(file)?.[decodeURIComponent(url.hash.slice(1))];
      if (!preview?.title) without.push(`${path}: ${href}`);
    }
  }
  expect(without).toEqual([]);
  expect(count).toBeGreaterThan(500);
});

test('pages of running text that have no previews are few and known', () => {
  const others = new Set<string>();
  for (const path of pagePaths(context)) {
    for (const href of linksOf(readText(site, path))) {
      const { pathname, origin: to } = new URL(href, `${origin}${base.replace(/\/$/, '')}${urlOf(path)}`);
      const isPage = to === origin && pathname.endsWith('/');
      if (isPage && previewsOf(pathname, base) === undefined) others.add(pathname.slice(base.length));
    }
  }
  const known = ['', 'status/', 'search/', 'guides/', 'examples/', 'paths/'];
  // Pages on errors link to one another only: codes, which say what they are.
  const isKnown = (path: string) => known.includes(path) || path.startsWith('errors/');
  expect([...others].filter((path) => !isKnown(path))).toEqual([]);
});

test('a preview holds no link, and no TeX that a reader would see', () => {
  for (const [file, places] of previews) {
    for (const [anchor, { title, text }] of Object.entries(places)) {
      expect(`${title}${text}`, `${file}#${anchor}`).not.toMatch(/<a\b|<annotation\b|\\(frac|mathrm|pi)\b/);
    }
  }
});

test('most places say something, and a fetch stays small', () => {
  const all = [...previews.values()].flatMap((places) => Object.values(places));
  const silent = all.filter(({ text }) => text === '');
  expect(silent.length / all.length).toBeLessThan(0.03);
  for (const file of files) expect(gzipSync(site.read(file)).length, file).toBeLessThan(26 * 1024);
});
