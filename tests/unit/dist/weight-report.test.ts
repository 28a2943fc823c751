import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { pagePaths } from '../../../src/checks/dist/index.ts';
import { readPage } from '../../../src/checks/dist/page.ts';
import { weigh } from '../../../src/checks/dist/page-weight.ts';
import { type KindWeight, WeightReport, weightTable } from '../../../src/checks/dist/weight-report.ts';
import { html, siteOf } from './site.ts';

const sheet = '<link rel="stylesheet" href="/base/a.css">';
const face = (family: string, file: string, range = '') =>
  `@font-face{font-family:${family};src:url(/base/_astro/${file}) format("woff2")${range && `;unicode-range:${range}`}}`;

/** A report of a site in memory. */
function report(files: Record<string, string>): KindWeight[] {
  const context = siteOf(files);
  const weights = new WeightReport();
  for (const path of pagePaths(context)) {
    const page = readPage(context.site, path);
    weights.add(page.url, weigh(page, context), context, () => page);
  }
  return weights.rows();
}

test('of each kind of page, the heaviest stands for all', () => {
  const long = html(`${sheet}<p>${Array.from({ length: 500 }, (_, i) => i ** 3).join(' ')}</p>`);
  const rows = report({
    'index.html': html('<p>home</p>'),
    'guides/short/index.html': html(sheet),
    'guides/long/index.html': long,
    'guides/shorter/index.html': html(''),
    'a.css': 'p{color:red}',
  });
  expect(rows.map(({ kind, pages, heaviest }) => [kind, pages, heaviest])).toEqual([
    ['home', 1, '/'],
    ['guide', 3, '/guides/long/'],
  ]);
  const htmlBytes = gzipSync(long, { level: 9 }).length;
  const cssBytes = gzipSync('p{color:red}', { level: 9 }).length;
  expect(rows[1]).toMatchObject({ html: htmlBytes, css: cssBytes, js: 0, total: htmlBytes + cssBytes });
});

test('fonts count when the page has a letter of theirs; of two faces with the letter, the later one', () => {
  const css =
    face('Text', 'all.woff2') +
    face('Text', 'ascii.woff2', 'U+0-7F') +
    face('Text', 'greek.woff2', 'U+370-3FF');
  const fonts = (text: string) =>
    report({
      'index.html': html(sheet + text),
      'a.css': css,
      '_astro/all.woff2': '4444',
      '_astro/ascii.woff2': '1',
      '_astro/greek.woff2': '22',
    })[0]?.fonts;
  expect(fonts('plain')).toBe(1);
  expect(fonts('β')).toBe(1 + 2);
  expect(fonts('é')).toBe(1 + 4);
});

test('images count, the icon too', () => {
  const page = html('<link rel="icon" href="/base/i.svg"><img src="/base/a.png"><img src="/base/a.png">');
  expect(report({ 'index.html': page, 'i.svg': '12', 'a.png': '345' })[0]?.images).toBe(5);
});

test('the table names the page and says what is over budget', () => {
  const row = {
    kind: 'guide',
    pages: 20,
    html: 61_000,
    css: 1024,
    js: 0,
    total: 62_024,
    fonts: 0,
    images: 512,
  } as const;
  expect(weightTable([{ ...row, heaviest: '/guides/x/' }])).toBe(
    [
      'Page weight in KiB after gzip (level 9), the heaviest page of each kind; budget 60, of which scripts 12',
      'kind   pages  total  HTML  CSS  scripts  + fonts  + images  page',
      'guide  20     60.6   59.6  1.0  0.0      0.0      0.5       /guides/x/  over budget',
    ].join('\n'),
  );
});
