import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { astroBuild } from '../../src/build/astro.ts';
import { katexVersion } from '../../src/build/build-site.ts';
import { whenFree } from '../../src/build/when-free.ts';
import { checkSite } from '../../src/checks/dist/index.ts';
import { readSite, readText } from '../../src/checks/dist/site-files.ts';
import { newCommand } from '../../src/scaffold/new-command.ts';
import { withContent } from '../unit/checks/content-fixture.ts';

type Site = ReturnType<typeof readSite>;

/** Renders the small valid content of the fixtures with a scaffolded set, guide and path in it. */
async function rendered(drafts: boolean, look: (site: Site) => void): Promise<void> {
  const out = await mkdtemp(join(tmpdir(), 'drafts-'));
  try {
    await withContent([], async (dir) => {
      const terminal = { out: () => {}, error: (text: string) => expect(text).toBe(''), color: false };
      for (const wish of [['sft'], ['--guide', 'A guide'], ['--path', 'A path']])
        expect(await newCommand([...wish, '--content-dir', dir], {}, terminal)).toBe(0);
      const env = { BUILD_OUT: out, CONTENT_DIR: dir, BASE_PATH: '/', DRAFTS: drafts ? '1' : '0' };
      await whenFree(() => astroBuild(env, false));
    });
    const site = readSite(out);
    const context = { site, base: '/', origin: 'https://annotated-trainers.example' };
    // Nothing leads nowhere in either site.
    const found = checkSite(context, await katexVersion());
    expect(found.filter(({ code }) => /^(link|anchor|asset)-/.test(code))).toEqual([]);
    look(site);
  } finally {
    await rm(out, { recursive: true });
  }
}

const addresses = [
  'trainers/sft',
  'guides/sft-loss',
  'examples/sft-training',
  'guides/a-guide',
  'paths/a-path',
];

test('readers meet no draft: no page, no file of one, no word of it but in STATUS', () =>
  rendered(false, (site) => {
    const paths = [...site.paths];
    expect(paths.filter((path) => /sft|a-guide|a-path/.test(path))).toEqual([]);
    const told = paths.filter(
      (path) =>
        /\.(html|json|md|txt|xml)$/.test(path) &&
        /TO WRITE|guides\/(sft-loss|a-guide)|paths\/a-path/.test(readText(site, path)),
    );
    // STATUS names them; the pages on errors explain the mark, by examples with such names.
    expect(told.filter((path) => !/^(status\/|status\.json|STATUS\.md|errors\/)/.test(path))).toEqual([]);
    expect(readText(site, 'STATUS.md')).toContain('finish trainers/sft (draft), guides/sft-loss (draft)');
  }));

test('a build for review has them all, each marked, unlisted, and with its twin', () =>
  rendered(true, (site) => {
    for (const address of addresses) {
      const html = readText(site, `${address}/index.html`);
      expect(html).toContain('class="draft-notice"');
      expect(html).toMatch(/<strong>Draft\.<\/strong>\s*\d+ places in it are still to be written\./);
      expect(html).toContain('<meta name="robots" content="noindex">');
      expect(readText(site, 'sitemap-0.xml')).not.toContain(`/${address}/`);
      if (!address.startsWith('paths/'))
        expect(readText(site, `${address}/index.md`)).toContain(
          '**Draft**: not published, and not finished.',
        );
    }
    expect(site.paths.has('distilled/sft.py')).toBe(true);
    expect(site.paths.has('trainers/sft/previews.json')).toBe(true);
    // A published page is not marked; lists say which of their pages are drafts.
    expect(readText(site, 'guides/dpo-loss/index.html')).not.toContain('draft-notice');
    for (const list of ['guides/index.html', 'paths/index.html', 'guides/dpo-loss/index.html'])
      expect(readText(site, list)).toContain('class="draft-mark"');
  }));
