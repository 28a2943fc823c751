import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { checkSite, outline } from '../../../src/checks/dist/index.ts';
import { checkKatexRelease } from '../../../src/checks/dist/katex.ts';
import { checkLinks } from '../../../src/checks/dist/links.ts';
import { readPage } from '../../../src/checks/dist/page.ts';
import { checkTexIndexed } from '../../../src/checks/dist/tex-indexed.ts';
import { checkThirdPartyStyles } from '../../../src/checks/dist/third-party.ts';
import { markdownTwins } from '../../../src/checks/dist/twin-links.ts';
import { html, siteOf } from './site.ts';

function linkProblems(body: string) {
  const context = siteOf({
    'index.html': html(body),
    'guides/dpo-loss/index.html': html('<h2 id="limits">Limits</h2>'),
    'a.png': '',
  });
  const pages = ['index.html', 'guides/dpo-loss/index.html'].map((path) =>
    outline(readPage(context.site, path)),
  );
  return checkLinks(pages, context).map(({ code, message, suggestion }) => ({ code, message, suggestion }));
}

test('links that lead somewhere', () => {
  expect(
    linkProblems(`<a href="/base/guides/dpo-loss/#limits">a</a> <a href="guides/dpo-loss/">b</a> <a href="#">c</a>
      <a href="https://site.test/base/">d</a> <a href="https://other.test/x">e</a> <a href="mailto:a@b.test">f</a>
      <img src="/base/a.png" alt=""> <i id="here"></i><a href="#here">g</a>`),
  ).toEqual([]);
});

test.each([
  [
    'a page that is not there',
    '<a href="/base/guides/dpo-lose/">a</a>',
    'link-broken',
    'expected a page at "/base/guides/dpo-lose/", found none',
    'did you mean `/guides/dpo-loss/`?',
  ],
  [
    'a page without its slash',
    '<a href="/base/guides/dpo-loss">a</a>',
    'link-broken',
    'expected a page at "/base/guides/dpo-loss", found none',
    'did you mean `/guides/dpo-loss/`? Addresses of pages end with a slash.',
  ],
  [
    'an anchor that is not there',
    '<a href="/base/guides/dpo-loss/#limit">a</a>',
    'anchor-broken',
    'expected an element with id "limit" on /guides/dpo-loss/, found none',
    'did you mean `limits`?',
  ],
  [
    'a path outside the base',
    '<a href="/guides/dpo-loss/">a</a>',
    'base-missing',
    'expected a path under /base/, found "/guides/dpo-loss/"',
    undefined,
  ],
  [
    'a file that is not there',
    '<img src="/base/b.png" alt="">',
    'asset-missing',
    'expected a file at "/base/b.png", found none',
    undefined,
  ],
  [
    'an address that is none',
    '<a href="https://">a</a>',
    'link-broken',
    'expected an address, found "https://"',
    undefined,
  ],
  [
    'an escape that is none',
    '<a href="/base/guides/%zz/">a</a>',
    'link-broken',
    'expected an address, found "/base/guides/%zz/"',
    undefined,
  ],
])('%s', (_, body, code, message, suggestion) => {
  expect(linkProblems(body)).toEqual([{ code, message, suggestion }]);
});

test('a style sheet of another KaTeX is found', () => {
  const css = '.katex{font:1em}.katex .katex-version:after{content:"0.18.1"}';
  expect(checkKatexRelease('0.16.25')(siteOf({ 'a.css': css }))).toEqual([
    {
      code: 'katex-mismatch',
      severity: 'error',
      file: 'dist/a.css',
      line: 1,
      column: 1,
      message: 'expected the style sheet of KaTeX 0.16.25, found 0.18.1',
    },
  ]);
  expect(checkKatexRelease('0.18.1')(siteOf({ 'a.css': css }))).toEqual([]);
});

test('TeX in the search index is found, Python strings are not taken for it', () => {
  const fragment = (content: string) =>
    gzipSync(`pagefind_dcd${JSON.stringify({ url: '/guides/x/', content })}`);
  const found = checkTexIndexed(
    siteOf({
      'pagefind/fragment/en_1.pf_fragment': fragment('The loss is \\frac{a}{b} here.'),
      'pagefind/fragment/en_2.pf_fragment': fragment('print("a\\nbar\\table") and pi_theta'),
    }),
  );
  expect(found.map(({ file, message }) => `${file} ${message}`)).toEqual([
    'dist/pagefind/fragment/en_1.pf_fragment expected words in the index of /guides/x/, found \\frac in "…The loss is \\frac{a}{b} here.…"',
  ]);
});

test('style sheets that fetch from other hosts are found', () => {
  const css = 'a{}\nb{src:url("https://fonts.test/a.woff2")} c{background:url(/base/d.png)}';
  expect(
    checkThirdPartyStyles(siteOf({ 'a.css': css })).map(({ line, column, message }) => [
      line,
      column,
      message,
    ]),
  ).toEqual([[2, 7, 'expected a file of this site, found https://fonts.test/a.woff2']]);
});

test('all checks run over all pages, in order of place', () => {
  const context = siteOf({
    'index.html': html('<h1>Home</h1><a href="/base/b/">b</a>'),
    'b/index.html': html('<h1>B</h1><p style="x">y</p><a href="/base/none/">z</a>', 'b/'),
    'pagefind/playground/index.html': '<p style="x">Pagefind’s own page</p>',
  });
  expect(checkSite(context, '0.16.25').map(({ file, code }) => `${file} ${code}`)).toEqual([
    'dist/b/index.html inline-style',
    'dist/b/index.html link-broken',
  ]);
});

test('a link of a Markdown twin leads somewhere too, its anchor included', () => {
  const context = siteOf({
    'guides/x/index.html': html('<h2 id="limits">Limits</h2>'),
    'guides/x/index.md': [
      'Good: [a](https://site.test/base/guides/x/#limits), <https://site.test/base/guides/x/>.',
      'Elsewhere: [b](https://other.test/y).',
      'Bad: [c](https://site.test/base/guides/x/#limit) and [d](https://site.test/base/guides/y/).',
    ].join('\n'),
  });
  const pages = [outline(readPage(context.site, 'guides/x/index.html')), ...markdownTwins(context)];
  const found = checkLinks(pages, context).filter(({ file }) => file.endsWith('.md'));
  expect(found.map(({ code, file, line, column }) => ({ code, place: { file, line, column } }))).toEqual([
    { code: 'anchor-broken', place: { file: 'dist/guides/x/index.md', line: 3, column: 10 } },
    { code: 'link-broken', place: { file: 'dist/guides/x/index.md', line: 3, column: 58 } },
  ]);
});
