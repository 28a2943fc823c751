import { expect, test } from 'vitest';
import type { ContentSource } from '../../../src/collections/content-source.ts';
import { entriesOf } from '../../../src/collections/content-source.ts';
import { readContent } from '../../../src/collections/read-content.ts';
import { pageKeys } from '../../../src/kept/page-key.ts';
import { createMarkdownContext } from '../../../src/markdown/context.ts';

const source = await readContent('tests/fixtures/content');
const dpo = 'guides/dpo-loss';

function pagesOf(content: ContentSource) {
  return new Map(
    entriesOf(content).map(({ ref, file, data, body }) => [
      ref,
      {
        ...{ ref, file, data, body, href: `/${ref}/`, minutes: 3, checks: [] as string[] },
        ...{ updated: '2026-01-02', published: '2026-01-01', edit: undefined },
      },
    ]),
  );
}

/** The key of one page, of a site that differs from the usual one. */
function key(
  content: ContentSource = source,
  change: (pages: ReturnType<typeof pagesOf>) => void = () => {},
  { base = '/', generator = 'a' } = {},
): string | undefined {
  const pages = pagesOf(content);
  change(pages);
  const page = pages.get(dpo);
  if (!page) throw new Error(`expected ${dpo}`);
  return pageKeys(
    { source: content, pages, context: createMarkdownContext(content, { base }) },
    generator,
  )(page);
}

const edited = (ref: string, change: object) => (pages: ReturnType<typeof pagesOf>) => {
  const page = pages.get(ref);
  if (page) Object.assign(page, change);
};

test('a key is the same for the same', () => {
  expect(key()).toMatch(/^[\da-f]{64}$/);
  expect(key()).toBe(key());
});

test('text and dates of another page do not matter', () => {
  expect(key(source, edited('trainers/dpo', { body: 'Other text.', updated: '2026-02-02' }))).toBe(key());
});

test.each<[string, () => string | undefined]>([
  ['its text', () => key(source, edited(dpo, { body: 'Other text.' }))],
  ['its dates', () => key(source, edited(dpo, { updated: '2026-02-02' }))],
  ['what was checked', () => key(source, edited(dpo, { checks: ['facts'] }))],
  ['the length of another page', () => key(source, edited('trainers/dpo', { minutes: 4 }))],
  [
    'the title of another page',
    () =>
      key({
        ...source,
        annotated: source.annotated.map((each) => ({ ...each, data: { ...each.data, title: 'Another' } })),
      }),
  ],
  [
    'the registry',
    () => key({ ...source, trainers: source.trainers.map((each) => ({ ...each, tier: 2 as never })) }),
  ],
  ['the glossary', () => key({ ...source, glossary: [] })],
  ['learning paths', () => key({ ...source, paths: [] })],
  ['newer facts', () => key({ ...source, newerFacts: source.facts })],
  ['recorded runs', () => key({ ...source, runs: [{ script: 'x' } as never] })],
  ['the base path', () => key(source, () => {}, { base: '/docs/' })],
  ['the generator', () => key(source, () => {}, { generator: 'b' })],
])('%s makes another key', (_, other) => {
  expect(other()).not.toBe(key());
});

test('a draft and a page with a picture have no key', () => {
  const draft = { ...source.guides.find(({ ref }) => ref === dpo)?.data, draft: true };
  expect(key(source, edited(dpo, { data: draft }))).toBeUndefined();
  expect(key(source, edited(dpo, { body: '![Pairs](./pairs.png)' }))).toBeUndefined();
  expect(key(source, edited(dpo, { body: '<img src="./pairs.png" alt="Pairs" />' }))).toBeUndefined();
});
