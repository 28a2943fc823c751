import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { feed } from '../../../src/share/feed.ts';

const site = { title: 'Site', description: 'What is new.', origin: 'https://example.org', base: '/docs/' };
const page = (name: string, updated: string | undefined) => ({
  title: `On ${name} & <more>`,
  description: 'A page.',
  href: `/docs/guides/${name}/`,
  kind: 'Reference guide',
  updated,
});
const read = (xml: string) =>
  new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'item' }).parse(xml).rss.channel;

test('the newest page comes first; one whose day nobody knows is left out', async () => {
  const xml = await feed(
    [page('old', '2026-10-01'), page('unknown', undefined), page('new', '2026-11-24')],
    site,
  );
  expect(() => new XMLParser().parse(xml, true)).not.toThrow();
  expect(read(xml)).toMatchObject({
    title: 'Site',
    link: 'https://example.org/docs/',
    'atom:link': { '@_href': 'https://example.org/docs/rss.xml', '@_rel': 'self' },
    item: [
      {
        title: 'On new & <more>',
        link: 'https://example.org/docs/guides/new/',
        guid: { '#text': 'tag:example.org,2026-11-24:/docs/guides/new/', '@_isPermaLink': 'false' },
        pubDate: 'Tue, 24 Nov 2026 00:00:00 GMT',
        category: 'Reference guide',
      },
      { link: 'https://example.org/docs/guides/old/' },
    ],
  });
});

test('the id of an item stays from build to build, and changes with its page', async () => {
  const guid = async (updated: string) => read(await feed([page('a', updated)], site)).item[0].guid['#text'];
  expect(await guid('2026-11-24')).toBe(await guid('2026-11-24'));
  expect(await guid('2026-11-25')).not.toBe(await guid('2026-11-24'));
});

test('a feed without dated pages is a feed without items', async () => {
  const xml = await feed([page('a', undefined)], site);
  expect(() => new XMLParser().parse(xml, true)).not.toThrow();
  expect(read(xml).item ?? []).toEqual([]);
});

test('a feed holds the fifty newest pages', async () => {
  const many = Array.from({ length: 60 }, (_, at) =>
    page(`p${at}`, `2026-11-${String((at % 28) + 1).padStart(2, '0')}`),
  );
  expect(read(await feed(many, site)).item).toHaveLength(50);
});
