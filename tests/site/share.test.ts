/* Over 250 lines: one short test for each thing that cards, JSON-LD, feed, sitemap and llms.txt must say. */
import { XMLParser } from 'fast-xml-parser';
import { fromHtml } from 'hast-util-from-html';
import sharp from 'sharp';
import { visit } from 'unist-util-visit';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { pagePaths } from '../../src/checks/dist/index.ts';
import { urlOf } from '../../src/checks/dist/page.ts';
import { readText } from '../../src/checks/dist/site-files.ts';
import { breadcrumbs } from '../../src/navigation/breadcrumbs.ts';
import { hasClass } from '../../src/search/html.ts';
import { builtSite } from './built-site.ts';

/* What the site says to those who show links to it: cards, JSON-LD, feed, sitemap, llms.txt. */
const context = builtSite();
const { site, base, origin } = context;
const root = `${origin}${base}`;
const thing = z.looseObject({ '@type': z.string() });
const graph = z.strictObject({ '@context': z.literal('https://schema.org'), '@graph': z.array(thing) });

interface SharedPage {
  path: string;
  url: string;
  meta: ReadonlyMap<string, string>;
  links: readonly { rel: string; href: string; type: string }[];
  /** Texts of the blocks of JSON-LD. */
  blocks: readonly string[];
  crumbs: readonly string[];
}

const pages = pagePaths(context)
  .map(sharedPage)
  .filter(({ meta }) => !meta.get('robots')?.includes('noindex'));

function sharedPage(path: string): SharedPage {
  const meta = new Map<string, string>();
  const links: { rel: string; href: string; type: string }[] = [];
  const blocks: string[] = [];
  const crumbs: string[] = [];
  visit(fromHtml(readText(site, path)), 'element', (element) => {
    const { tagName, properties, children } = element;
    if (tagName === 'meta') {
      const name = String(properties.property ?? properties.name ?? '');
      expect([
        path,
        name,
        meta.has(name) && !name.startsWith('search-') && name !== 'theme-color' && name !== '',
      ]).toEqual([path, name, false]);
      meta.set(name, String(properties.content ?? ''));
    }
    if (tagName === 'link')
      links.push({
        rel: String(properties.rel),
        href: String(properties.href),
        type: String(properties.type),
      });
    if (tagName === 'script' && properties.type === 'application/ld+json')
      blocks.push(children.map((child) => ('value' in child ? child.value : '')).join(''));
    if (hasClass(element, 'crumbs'))
      visit(element, 'element', (inner) => {
        if (inner.tagName === 'a') crumbs.push(String(inner.properties.href));
      });
  });
  return { path, url: `${root}${urlOf(path).slice(1)}`, meta, links, blocks, crumbs };
}

/** The file of the site behind a whole address; fails for an address of elsewhere. */
function fileOf(url: string): string {
  expect(url.startsWith(root), `${url} begins with ${root}`).toBe(true);
  const path = decodeURI(url.slice(root.length).replace(/[?#].*/, ''));
  return path === '' || path.endsWith('/') ? `${path}index.html` : path;
}

test('each page has a card of its own: 1200 by 630 pixels, small, with words for who cannot see it', async () => {
  expect(pages.length).toBeGreaterThan(50);
  for (const { path, url, meta } of pages) {
    const image = meta.get('og:image') ?? '';
    expect(meta.get('og:url')).toBe(url);
    expect(meta.get('twitter:card')).toBe('summary_large_image');
    for (const name of ['og:title', 'og:description', 'og:type', 'og:image:alt'])
      expect([path, name, meta.get(name) !== undefined && meta.get(name) !== '']).toEqual([path, name, true]);
    expect(meta.get('twitter:image:alt')).toBe(meta.get('og:image:alt'));
    const png = site.read(fileOf(image));
    expect([path, png.length < 60_000]).toEqual([path, true]);
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 1200, height: 630 });
  }
  const images = pages.map(({ meta }) => meta.get('og:image'));
  expect(new Set(images).size).toBe(pages.length);
  expect([...site.paths].filter((path) => path.startsWith('og/'))).toHaveLength(pages.length);
});

const address = z.string().startsWith(root);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const common = {
  description: z.string().min(10),
  url: address,
  image: address,
  inLanguage: z.literal('en'),
  author: z.looseObject({ '@type': z.literal('Organization'), name: z.string(), url: z.literal(root) }),
  publisher: z.looseObject({ '@id': z.literal(`${root}#publisher`) }),
};
const entry = {
  ...common,
  about: thing.optional(),
  timeRequired: z.string().regex(/^PT\d+M$/),
  datePublished: day.optional(),
  dateModified: day.optional(),
};

/**
 * What each type has to have. schema.org itself requires nothing; these are what readers of it ask for.
 *
 * @see https://developers.google.com/search/docs/appearance/structured-data/article (headline, image, author, dates)
 * @see https://developers.google.com/search/docs/appearance/structured-data/breadcrumb (position, name, item but for the last)
 * @see https://developers.google.com/search/docs/advanced/structured-data/sitelinks-searchbox (url, target, query-input)
 * @see https://schema.org/LearningResource
 */
const shapes = {
  TechArticle: z.looseObject({
    ...entry,
    headline: z.string().max(110),
    proficiencyLevel: z.enum(['Beginner', 'Expert']).optional(),
  }),
  LearningResource: z.looseObject({
    ...entry,
    name: z.string(),
    learningResourceType: z.enum(['Example script', 'Learning path']),
  }),
  WebSite: z.looseObject({
    ...common,
    name: z.string(),
    potentialAction: z.strictObject({
      '@type': z.literal('SearchAction'),
      target: z.strictObject({
        '@type': z.literal('EntryPoint'),
        urlTemplate: z.literal(`${root}search/?q={search_term_string}`),
      }),
      'query-input': z.literal('required name=search_term_string'),
    }),
  }),
  WebPage: z.looseObject({ ...common, name: z.string() }),
  BreadcrumbList: z.looseObject({
    itemListElement: z
      .array(
        z.strictObject({
          '@type': z.literal('ListItem'),
          position: z.int(),
          name: z.string(),
          item: address.optional(),
        }),
      )
      .min(2),
  }),
} as const;

/** Which types stand on a page, by its address. */
function typesOf(url: string): (keyof typeof shapes)[] {
  const ref = url.slice(root.length);
  if (/^(trainers|guides)\/./.test(ref)) return ['TechArticle', 'BreadcrumbList'];
  if (/^examples\/./.test(ref)) return ['LearningResource', 'BreadcrumbList'];
  if (/^paths\/./.test(ref)) return ['LearningResource', 'BreadcrumbList'];
  if (/^errors\/./.test(ref)) return ['WebPage', 'BreadcrumbList'];
  return ref === '' ? ['WebSite'] : ['WebPage'];
}

test.each(pages)('$path says in JSON-LD what it is', ({ url, meta, blocks, crumbs }) => {
  expect(blocks).toHaveLength(1);
  const things = graph.parse(JSON.parse(blocks[0] ?? ''))['@graph'];
  const types = typesOf(url);
  expect(things.map((each) => each['@type'])).toEqual(types);
  for (const [at, type] of types.entries()) expect(shapes[type].parse(things[at])).toBeTruthy();
  expect(things[0]).toMatchObject({
    url,
    image: meta.get('og:image'),
    description: meta.get('og:description'),
  });
  const list = things.find((each) => each['@type'] === 'BreadcrumbList');
  const items = list ? shapes.BreadcrumbList.parse(list).itemListElement : [];
  // The shown breadcrumbs, in their order, and the page itself at the end.
  expect(items.flatMap(({ item }) => item ?? [])).toEqual(crumbs.map((href) => `${origin}${href}`));
  expect(items.map(({ position }) => position)).toEqual(items.map((_, index) => index + 1));
  if (list)
    expect(items.at(-1)).toEqual({ '@type': 'ListItem', position: items.length, name: meta.get('og:title') });
});

test('what JSON-LD says about dates is what the page shows', () => {
  for (const { path, blocks } of pages) {
    const [first] = graph.parse(JSON.parse(blocks[0] ?? ''))['@graph'];
    const shown = /Last changed <time datetime="([^"]+)"/.exec(readText(site, path))?.[1];
    if (first?.['@type'] === 'TechArticle') expect([path, first.dateModified]).toEqual([path, shown]);
  }
});

test('breadcrumbs lead to the lists of each kind', () => {
  const guide = pages.find(({ path }) => /^guides\/[^/]+\//.test(path));
  expect(guide?.crumbs).toEqual(breadcrumbs('guides/any').map(({ path }) => `${base}${path.slice(1)}`));
});

const channel = z.looseObject({
  title: z.string(),
  description: z.string(),
  link: z.literal(root),
  language: z.literal('en'),
  item: z.array(
    z.strictObject({
      title: z.string(),
      link: address,
      guid: z.strictObject({ '#text': z.string().startsWith('tag:'), '@_isPermaLink': z.literal('false') }),
      description: z.string(),
      pubDate: z.string().regex(/^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/),
      category: z.string(),
    }),
  ),
});

/** @see https://www.rssboard.org/rss-specification and https://validator.w3.org/feed/docs/rss2.html */
test('the feed is RSS 2.0 of pages that exist, newest first, and every page names it', () => {
  const xml = readText(site, 'rss.xml');
  expect(() => new XMLParser().parse(xml, true)).not.toThrow();
  const { rss } = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'item' }).parse(xml);
  expect(rss).toMatchObject({
    '@_version': '2.0',
    channel: {
      'atom:link': { '@_href': `${root}rss.xml`, '@_rel': 'self', '@_type': 'application/rss+xml' },
    },
  });
  const { item } = channel.parse({ item: [], ...rss.channel });
  for (const { link } of item) expect(site.paths).toContain(fileOf(link));
  expect(new Set(item.map(({ guid }) => guid['#text'])).size).toBe(item.length);
  const times = item.map(({ pubDate }) => Date.parse(pubDate));
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  for (const { links } of pages)
    expect(links).toContainEqual({ rel: 'alternate', type: 'application/rss+xml', href: `${base}rss.xml` });
  // Where git says when pages changed, they are in the feed.
  const dated = pages.filter(({ meta }) => meta.has('article:modified_time')).length;
  expect(item.length).toBeGreaterThanOrEqual(Math.min(dated, 50));
});

test('the sitemap has every page, with the day of its last change where one file holds it', () => {
  const urls = z.array(z.strictObject({ loc: address, lastmod: z.string().optional() }));
  const { urlset } = new XMLParser().parse(readText(site, 'sitemap-0.xml'));
  const listed = new Map(urls.parse(urlset.url).map(({ loc, lastmod }) => [loc, lastmod?.slice(0, 10)]));
  expect([...listed.keys()].sort()).toEqual(pages.map(({ url }) => url).sort());
  for (const { url, meta } of pages) {
    if (meta.get('og:type') === 'article')
      expect([url, listed.get(url)]).toEqual([url, meta.get('article:modified_time')]);
  }
});

const twins = [...site.paths].filter((path) => path.endsWith('/index.md'));

/** @see https://llmstxt.org/ */
test('llms.txt has the parts of its format, and links to every twin and to nothing that is missing', () => {
  const text = readText(site, 'llms.txt');
  const [title, summary, details, ...rest] = text.trimEnd().split('\n\n');
  expect(title).toMatch(/^# \S.*$/);
  expect(summary).toMatch(/^> \S.*$/);
  expect(details).toMatch(/^[^#>\-\n][^\n]+$/);
  for (const [at, part] of rest.entries()) {
    if (at % 2 === 0) expect(part).toMatch(/^## \S.*$/);
    else for (const line of part.split('\n')) expect(line).toMatch(/^- \[.+\]\(https?:\/\/\S+\): \S.*$/);
  }
  const linked = [...text.matchAll(/^- \[.+\]\((\S+)\): /gm)].map(([, url = '']) => fileOf(url));
  for (const file of linked) expect(site.paths).toContain(file);
  expect(new Set(linked).size).toBe(linked.length);
  expect(linked.filter((file) => file.endsWith('/index.md')).sort()).toEqual([...twins].sort());
});

test('llms-full.txt has each twin whole, once, below its address, in the order of llms.txt', () => {
  const full = readText(site, 'llms-full.txt');
  const places = twins.map((path) => {
    const part = `---\n\nSource: <${root}${path.replace(/index\.md$/, '')}>\n\n${readText(site, path).trimEnd()}\n`;
    expect([path, full.split(part).length]).toEqual([path, 2]);
    return { path, at: full.indexOf(part) };
  });
  const order = [...readText(site, 'llms.txt').matchAll(/\((\S+\/index\.md)\)/g)].map(([, url = '']) =>
    fileOf(url),
  );
  expect(places.sort((a, b) => a.at - b.at).map(({ path }) => path)).toEqual(order);
});
