import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { pruneStore, renderedStore } from '../../../src/kept/rendered-store.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'rendered-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const html = z.object({ html: z.string() });

/** A store that counts what it makes, and names what it finds damaged. */
function counting(fingerprint = 'generator 1') {
  const seen = { made: 0, damaged: [] as string[] };
  const store = renderedStore(dir, fingerprint, (file) => seen.damaged.push(file));
  const render = (...madeFrom: string[]) =>
    store.kept(madeFrom, html, async () => {
      seen.made += 1;
      return { html: `<p>${madeFrom.join(' ')}</p>` };
    });
  return { seen, render };
}

async function files(): Promise<string[]> {
  const items = await readdir(dir, { recursive: true, withFileTypes: true });
  return items.filter((item) => item.isFile()).map((item) => join(item.parentPath, item.name));
}

test('the same text is rendered once, in this process and in the next', async () => {
  const first = counting();
  expect(await first.render('a text')).toEqual({ html: '<p>a text</p>' });
  expect(await first.render('a text')).toEqual({ html: '<p>a text</p>' });
  expect(first.seen.made).toBe(1);
  const next = counting();
  expect(await next.render('a text')).toEqual({ html: '<p>a text</p>' });
  expect(next.seen.made).toBe(0);
});

test('another text, another context or another generator is rendered anew', async () => {
  const store = counting();
  await store.render('facts 1', 'a text');
  await store.render('facts 1', 'another text');
  await store.render('facts 2', 'a text');
  await store.render('facts 1a', ' text'); // parts do not run together
  expect(store.seen.made).toBe(4);
  const upgraded = counting('generator 2');
  await upgraded.render('facts 1', 'a text');
  expect(upgraded.seen.made).toBe(1);
});

test.each([
  [
    'one byte is changed',
    (file: Buffer) => Buffer.from(file.map((byte, at) => (at === 70 ? byte ^ 1 : byte))),
  ],
  ['it is cut short', (file: Buffer) => file.subarray(0, file.length - 3)],
  ['it is empty', () => Buffer.alloc(0)],
  [
    'it is another value, with the digest of this one',
    (file: Buffer) => Buffer.concat([file.subarray(0, 64), Buffer.from('{}')]),
  ],
])('a kept file is noticed and rendered anew when %s', async (_, poison) => {
  const store = counting();
  await store.render('a text');
  const [file = ''] = await files();
  await writeFile(file, poison(await readFile(file)));
  expect(await store.render('a text')).toEqual({ html: '<p>a text</p>' });
  expect(store.seen).toEqual({ made: 2, damaged: [file] });
  expect(await store.render('a text')).toEqual({ html: '<p>a text</p>' });
  expect(store.seen.made).toBe(2);
});

test('a value of another shape, which an older generator kept, is rendered anew', async () => {
  const store = renderedStore(dir, 'generator');
  await store.kept(['a text'], z.string(), async () => 'old');
  expect(await store.kept(['a text'], html, async () => ({ html: 'new' }))).toEqual({ html: 'new' });
});

test('a render that fails keeps nothing', async () => {
  const store = renderedStore(dir, 'generator');
  const failing = store.kept(['a text'], html, async () => {
    throw new Error('a mistake in the text');
  });
  await expect(failing).rejects.toThrow('a mistake in the text');
  expect(await files()).toEqual([]);
});

test('what nobody asked for in two weeks is thrown away, and what is in use stays', async () => {
  const store = counting();
  await store.render('in use');
  await store.render('long gone');
  const old = new Date(Date.now() - 20 * 24 * 60 * 60 * 1000);
  for (const file of await files()) await utimes(file, old, old);
  await store.render('in use');
  await pruneStore(dir);
  expect(await files()).toHaveLength(1);
  await store.render('in use');
  expect(store.seen.made).toBe(2);
});
