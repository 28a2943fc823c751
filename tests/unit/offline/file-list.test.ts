import { expect, test } from 'vitest';
import type { SiteFiles } from '../../../src/checks/dist/site-files.ts';
import {
  addressOf,
  changedFiles,
  fileListText,
  isKept,
  parseFileList,
} from '../../../src/offline/file-list.ts';
import { fileList } from '../../../src/offline/write-file-list.ts';

const site = (files: Record<string, string>): SiteFiles => ({
  name: 'dist',
  paths: new Set(Object.keys(files)),
  read: (path) => new TextEncoder().encode(files[path]),
});

test('the list has what readers need, by path, with digest and size', () => {
  const list = fileList(site({ 'theme.js': 'a', 'index.html': '', 'og/index.png': 'card' }), '/');
  expect(list.files).toEqual([
    { path: 'index.html', digest: 'e3b0c44298fc1c149afbf4c8996fb924', bytes: 0 },
    { path: 'theme.js', digest: 'ca978112ca1bbdcafac231b39a23dc4d', bytes: 1 },
  ]);
});

test('the same files give the same build in any order; another file, byte or base path another one', () => {
  const { build } = fileList(site({ a: '1', b: '2' }), '/');
  expect(build).toMatch(/^[0-9a-f]{32}$/);
  expect(fileList(site({ b: '2', a: '1', 'rss.xml': 'dates' }), '/').build).toBe(build);
  for (const other of [site({ a: '1', b: '3' }), site({ a: '1', b: '2', c: '' }), site({ a: '1' })]) {
    expect(fileList(other, '/').build).not.toBe(build);
  }
  expect(fileList(site({ a: '1', b: '2' }), '/docs/').build).not.toBe(build);
});

test.each([
  'index.html',
  '404.html',
  'trainers/dpo/index.html',
  'trainers/dpo/index.md',
  'examples/dpo_training.py',
  'examples/dpo_training.ipynb',
  '_astro/page.B0x.js',
  '_astro/serif.woff2',
  'pagefind/fragment/en_1.pf_fragment',
  'search-words.json',
  'status.json',
  'STATUS.md',
])('%s is kept', (path) => expect(isKept(path)).toBe(true));

test.each([
  'og/trainers/dpo.png',
  'schemas/guide.json',
  'llms.txt',
  'llms-full.txt',
  'rss.xml',
  'sitemap-0.xml',
  'robots.txt',
  '_headers',
  '.nojekyll',
  'index.html.gz',
  'index.html.br',
  'sw.js',
  'offline-files.json',
])('%s is not', (path) => expect(isKept(path)).toBe(false));

test.each([
  ['index.html', ''],
  ['trainers/dpo/index.html', 'trainers/dpo/'],
  ['404.html', '404.html'],
  ['trainers/dpo/index.md', 'trainers/dpo/index.md'],
])('the address of %s is "%s"', (path, address) => expect(addressOf(path)).toBe(address));

test('what is published reads back as what was written', () => {
  const list = fileList(site({ 'a "b".md': '1', b: '2' }), '/docs/');
  expect(parseFileList(fileListText(list))).toEqual(list);
});

test.each([
  ['<!doctype html>', /JSON/],
  ['[]', /expected a list of files/],
  ['{"build":"1","base":"/","files":[["a",1]]}', /expected \[path, digest, bytes\], found \["a",1\]/],
])('a host that answers %s has no list', (text, message) => {
  expect(() => parseFileList(text)).toThrow(message);
});

test('an update fetches what is new or has other bytes, and all of it when nothing is kept', () => {
  const before = fileList(site({ same: '1', other: '2', gone: '3' }), '/');
  const list = fileList(site({ same: '1', other: '4', fresh: '5' }), '/');
  const paths = (files: readonly { path: string }[]) => files.map(({ path }) => path);
  expect(paths(changedFiles(list, before))).toEqual(['fresh', 'other']);
  expect(paths(changedFiles(list, undefined))).toEqual(['fresh', 'other', 'same']);
});
