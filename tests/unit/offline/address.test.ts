import { expect, test } from 'vitest';
import { asked } from '../../../src/offline/address.ts';

const root = 'https://site.test/a/b/';

test.each([
  ['https://site.test/a/b/', ''],
  ['https://site.test/a/b/index.html', ''],
  ['https://site.test/a/b/trainers/dpo/?path=dpo#DPOConfig.beta', 'trainers/dpo/'],
  ['https://site.test/a/b/trainers/dpo/index.html', 'trainers/dpo/'],
  ['https://site.test/a/b/trainers/dpo', 'trainers/dpo'],
  ['https://site.test/a/b/search-words.json?v=1', 'search-words.json'],
])('%s asks for "%s"', (url, address) => {
  expect(asked(url, root)).toEqual({ address, immutable: false });
});

test.each([
  '_astro/page.B0x.js',
  'pagefind/fragment/en_1a2b.pf_fragment',
  'pagefind/index/en_1a2b.pf_index',
  'pagefind/filter/en_1a2b.pf_filter',
  'pagefind/pagefind.en_1a2b.pf_meta',
])('%s never changes: its name is a digest', (address) => {
  expect(asked(root + address, root)).toEqual({ address, immutable: true });
});

test.each(['pagefind/pagefind-entry.json', 'pagefind/pagefind.js', 'pagefind/wasm.en.pagefind', 'theme.js'])(
  '%s may change under its name',
  (address) => expect(asked(root + address, root)).toEqual({ address, immutable: false }),
);

test.each([
  'https://other.test/a/b/',
  'https://site.test/a/',
  'https://site.test/a/bc/',
  'http://site.test/a/b/',
])('%s is not of this site', (url) => expect(asked(url, root)).toBeUndefined());
