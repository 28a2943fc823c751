import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { indexDirectory, indexPages } from '../../../src/search/build-index.ts';
import type { SearchRecord } from '../../../src/search/records.ts';

const html = `<!doctype html><html lang="en"><head><title>Guide</title>
<meta name="search-kind" content="Reference guide" data-pagefind-filter="kind[content]">
<meta name="search-trainer" content="DPO" data-pagefind-filter="trainer[content]">
<meta name="search-trainer" content="PPO" data-pagefind-filter="trainer[content]"></head><body><nav>menu</nav>
<main data-pagefind-body><h1>The DPO loss</h1>
<p>Margins and <span class="katex" data-pagefind-ignore>\\frac{a}{b}</span> rewards.</p>
<h2 id="limits">Limits</h2><p>Beta to zero.</p></main></body></html>`;

const record: SearchRecord = {
  url: '/glossary/#beta',
  title: 'beta',
  page: 'Glossary',
  kind: 'Glossary term',
  content: 'beta, temperature. How far the policy may go.',
  names: ['beta', 'temperature'],
  exactly: ['DPOConfig.beta'],
};

const fragments = (files: { path: string; content: Uint8Array }[]): unknown[] =>
  files
    .filter(({ path }) => path.includes('fragment'))
    .map(({ content }) =>
      JSON.parse(
        gunzipSync(content)
          .toString('utf8')
          .replace(/^pagefind_dcd/, ''),
      ),
    )
    .map(({ url, content, filters, meta }) => ({ url, content, filters, meta }))
    .sort((a, b) => a.url.localeCompare(b.url));

const expected = [
  {
    url: '/glossary/#beta',
    content: 'beta, temperature. How far the policy may go.',
    filters: { kind: ['Glossary term'] },
    meta: { title: 'beta', page: 'Glossary', names: 'beta | temperature', exactly: 'DPOConfig.beta' },
  },
  {
    url: '/guides/dpo-loss/',
    content: 'The DPO loss. Margins and rewards. Limits. Beta to zero.',
    filters: { kind: ['Reference guide'], trainer: ['DPO', 'PPO'] },
    meta: { title: 'The DPO loss' },
  },
];

test('pages in memory are indexed by their body, with filters and records', async () => {
  const files = await indexPages([{ path: '/guides/dpo-loss/', html }], [record]);
  expect(fragments(files)).toEqual(expected);
  expect(files.map(({ path }) => path)).toContain('pagefind.js');
});

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'search-'));
});
afterEach(() => rm(dir, { recursive: true }));

test('a built folder gets its index beside the pages', async () => {
  await writeFile(join(dir, 'index.html'), html);
  expect(await indexDirectory(dir, [record])).toEqual({ pages: 1, records: 1 });
  const written = (await readdir(join(dir, 'pagefind'))).filter((name) => /\.(js|css|json)$/.test(name));
  expect(written.sort()).toEqual(['pagefind-entry.json', 'pagefind-worker.js', 'pagefind.js']);
});

test('two indexes of the same content are the same bytes', async () => {
  const kinds = [
    'Page',
    'Glossary term',
    'Config field',
    'Learning path',
    'Reference guide',
    'Example script',
  ] as const;
  const records = kinds.map((kind, i) => ({ ...record, url: `/${i}/`, kind, trainers: [`T${i}`, `S${i}`] }));
  const digests = new Set<string>();
  for (const name of ['first', 'second', 'third']) {
    await mkdir(join(dir, name));
    await writeFile(join(dir, name, 'index.html'), html);
    await indexDirectory(join(dir, name), records);
    const files = (await readdir(join(dir, name), { recursive: true, withFileTypes: true })).filter((file) =>
      file.isFile(),
    );
    const hash = createHash('sha256');
    for (const { parentPath, name: file } of files.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      hash.update(file).update(await readFile(join(parentPath, file)));
    }
    digests.add(hash.digest('hex'));
  }
  expect(digests.size).toBe(1);
});

test('the order in which a disk lists the pages makes no difference', async () => {
  // A file system in memory lists the newest first; others list by a hash.
  const disk = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'search-'));
  try {
    const names = ['one', 'two', 'three'];
    const metas = new Set<string>();
    for (const [folder, order] of Object.entries({ first: names, second: names.toReversed() })) {
      for (const name of order) {
        await mkdir(join(disk, folder, name), { recursive: true });
        await writeFile(join(disk, folder, name, 'index.html'), html.replace('loss', name));
      }
      await indexDirectory(join(disk, folder), [record]);
      metas.add(await readFile(join(disk, folder, 'pagefind/pagefind-entry.json'), 'utf8'));
    }
    // The entry names the index by its digest.
    expect([...metas]).toHaveLength(1);
  } finally {
    await rm(disk, { recursive: true });
  }
});

test('a folder without pages fails with the step as the cause', async () => {
  const failed = await indexDirectory(join(dir, 'missing'), []).catch((error: unknown) => error);
  expect(failed).toMatchObject({ message: 'the search index was not built', cause: expect.any(Error) });
});
