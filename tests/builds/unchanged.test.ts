import { appendFile, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Checkout, digests, makeCheckout } from './checkout.ts';

/** One that keeps what it makes, and one that is emptied before each build. */
let kept: Checkout;
let clean: Checkout;
beforeAll(async () => {
  [kept, clean] = await Promise.all([makeCheckout(), makeCheckout()]);
});
afterAll(() => Promise.all([kept.remove(), clean.remove()]));

async function build({ start }: Checkout, args: string[] = [], env: Record<string, string> = {}) {
  const { code, said } = await start({ args, env }).ended;
  expect(code, said).toBe(0);
  return said;
}

const site = ({ dir }: Checkout) => digests(join(dir, 'dist'));
const content = ({ dir }: Checkout, file: string) => join(dir, 'content', file);
const nothing = /nothing has changed since the last build/;

/** Files that Astro keeps of earlier builds. */
async function keptFiles({ dir }: Checkout): Promise<string[]> {
  const folder = join(dir, '.cache/astro');
  const items = await readdir(folder, { recursive: true, withFileTypes: true });
  return items.filter((item) => item.isFile()).map((item) => join(item.parentPath, item.name));
}

test('a build of what is built already does nothing; one of anything else builds', async () => {
  expect(await build(kept)).not.toMatch(nothing);
  const { ino } = await stat(join(kept.dir, 'dist'));
  expect(await build(kept)).toMatch(nothing);
  expect((await stat(join(kept.dir, 'dist'))).ino).toBe(ino);

  expect(await build(kept, ['--force'])).not.toMatch(nothing);
  expect(await build(kept, [], { BASE_PATH: '/docs' })).not.toMatch(nothing);
  expect(await build(kept)).not.toMatch(nothing);
  await writeFile(join(kept.dir, 'public/more.txt'), 'more');
  expect(await build(kept)).not.toMatch(nothing);
  await rm(join(kept.dir, 'public/more.txt'));
  await build(kept);
  // A site that somebody has touched is made anew.
  const before = await site(kept);
  await appendFile(join(kept.dir, 'dist/index.html'), ' ');
  expect(await build(kept)).not.toMatch(nothing);
  expect(await site(kept)).toEqual(before);
});

test('after each edit the site is, byte by byte, what a clean build makes of it', async () => {
  const edits: [file: string, from: string | RegExp, to: string][] = [
    ['reference-guides/dpo-loss.mdx', /$/, '\nOne more sentence.\n'],
    ['reference-guides/dpo-loss.mdx', /^title: .*$/m, 'title: Another title'],
    ['glossary.yaml', /definition: /, 'definition: Briefly, '],
    ['trainers/dpo.yaml', /^title: .*$/m, 'title: Preferences, otherwise'],
    ['example-scripts/dpo_training.py', /$/, '\nprint("done")\n'],
  ];
  await build(kept);
  for (const [file, from, to] of edits) {
    for (const checkout of [kept, clean]) {
      const text = await readFile(content(checkout, file), 'utf8');
      const edited = text.replace(from, to);
      expect(edited, file).not.toBe(text);
      await writeFile(content(checkout, file), edited);
    }
    for (const left of ['.cache', '.astro', '.build', 'dist']) {
      await rm(join(clean.dir, left), { recursive: true, force: true });
    }
    expect(await build(kept)).not.toMatch(nothing);
    await build(clean);
    expect(await site(kept), file).toEqual(await site(clean));
  }
});

test('a kept file that was changed is noticed, and made anew', async () => {
  await build(kept);
  const before = await site(kept);
  const poisoned = (await keptFiles(kept)).filter((file) => /dist.*\.(?:html|md)$/.test(file));
  expect(poisoned.length).toBeGreaterThan(3);
  for (const file of poisoned) await writeFile(file, '<p>poison</p>');
  const said = await build(kept, ['--force']);
  expect(said).toMatch(/not as the last good build left them: made anew/);
  expect(await site(kept)).toEqual(before);
  const again = await build(kept, ['--force']);
  expect(again).not.toMatch(/made anew/);
});

test('what is kept is not asked for by another state of the generator', async () => {
  await build(kept);
  const before = await site(kept);
  const layout = join(kept.dir, 'src/components/entry/EntryFoot.astro');
  await writeFile(
    layout,
    (await readFile(layout, 'utf8')).replace('Last changed', 'Changed').replace('Read next', 'Then'),
  );
  expect(await build(kept)).not.toMatch(nothing);
  const after = await site(kept);
  await rm(join(kept.dir, '.cache'), { recursive: true });
  await build(kept, ['--force']);
  expect(await site(kept)).toEqual(after);
  expect(after).not.toEqual(before);
});

test('a picture beside a page has its size, and one that changes under its name is shown anew', async () => {
  const picture = (colour: string) =>
    sharp({ create: { width: 640, height: 320, channels: 3, background: colour } })
      .png()
      .toFile(content(kept, 'reference-guides/two pairs.png'));
  await picture('#a33');
  await appendFile(content(kept, 'reference-guides/dpo-loss.mdx'), '\n![Two pairs](./two%20pairs.png)\n');
  const shown = async () => {
    await build(kept);
    const html = await readFile(join(kept.dir, 'dist/guides/dpo-loss/index.html'), 'utf8');
    return (
      /<img src="\/(_astro\/[^"]+\.webp)" alt="Two pairs"[^>]* width="640" height="320">/.exec(html)?.[1] ??
      html
    );
  };
  const red = await shown();
  expect(Object.keys(await site(kept))).toContain(decodeURIComponent(red));
  await picture('#33a');
  const blue = await shown();
  expect(Object.keys(await site(kept))).toContain(decodeURIComponent(blue));
  expect(blue).not.toBe(red);
});
