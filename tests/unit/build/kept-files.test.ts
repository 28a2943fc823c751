import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { astroCache, damagedFiles, dropDamaged, sealKept } from '../../../src/build/kept-files.ts';

let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'kept-files-'));
  await mkdir(join(cache, 'dist/guides'), { recursive: true });
  await write('incremental-build.json', '{}');
  await write('dist/guides/a.html', 'a');
  await write('dist/guides/b.html', 'b');
  await write('data-store.json', '[]');
});
afterEach(() => rm(cache, { recursive: true, force: true }));

const write = (path: string, text: string) => writeFile(join(cache, path), text);
const exists = (path: string) =>
  readFile(join(cache, path)).then(
    () => true,
    () => false,
  );

test('what a build left stays', async () => {
  await sealKept(cache);
  expect(await dropDamaged(cache)).toEqual([]);
  expect(await exists('dist/guides/a.html')).toBe(true);
});

test('a file that changed since is deleted, and so is one that came; others stay', async () => {
  await sealKept(cache);
  await write('dist/guides/a.html', 'poison');
  await write('dist/c.html', 'new');
  expect(await dropDamaged(cache)).toEqual([join(cache, 'dist/c.html'), join(cache, 'dist/guides/a.html')]);
  expect(
    await Promise.all(
      ['dist/guides/a.html', 'dist/c.html', 'dist/guides/b.html', 'incremental-build.json'].map(exists),
    ),
  ).toEqual([...[false, false, true, true]]);
});

test('without the digests, or with damaged ones, nothing of Astro’s is trusted', async () => {
  await write('digests.json', '{"dist/guides/a.html": 1}');
  expect(await dropDamaged(cache)).toHaveLength(3);
  expect(await exists('incremental-build.json')).toBe(false);
  expect(await exists('data-store.json')).toBe(true);
});

test('each site has a folder of its own', () => {
  const site = { contentDir: 'content', base: '/', siteUrl: 'https://a.test', drafts: false };
  const folders = [
    site,
    { ...site, base: '/docs/' },
    { ...site, drafts: true },
    { ...site, siteUrl: 'https://b.test' },
    { ...site, contentDir: 'other' },
  ].map(astroCache);
  expect(new Set(folders).size).toBe(5);
  expect(astroCache({ ...site })).toBe(folders[0]);
});

test('one damaged file is named; of many, the first and how many', () => {
  expect(damagedFiles(['a'])).toBe('a is not as the last good build left it: made anew');
  expect(damagedFiles(['a', 'b', 'c'])).toBe(
    'a and 2 more files are not as the last good build left them: made anew',
  );
});
