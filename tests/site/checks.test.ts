import { expect, test } from 'vitest';
import { katexVersion } from '../../src/build/build-site.ts';
import { checkHtml } from '../../src/checks/dist/html-valid.ts';
import { checkSite, pagePaths } from '../../src/checks/dist/index.ts';
import { readPage } from '../../src/checks/dist/page.ts';
import { budget, kib, weigh } from '../../src/checks/dist/page-weight.ts';
import { readText } from '../../src/checks/dist/site-files.ts';
import { WeightReport } from '../../src/checks/dist/weight-report.ts';
import { formatTerminal } from '../../src/errors/format.ts';
import { builtSite } from './built-site.ts';

const context = builtSite();

test('no check of the built site finds anything, HTML validity included', { timeout: 120_000 }, async () => {
  const problems = checkSite(context, await katexVersion(), { more: [checkHtml] });
  expect(problems.length === 0 ? '' : formatTerminal(problems, { color: false })).toBe('');
});

test('the heaviest page of every kind keeps to the budget, those that grow with the content too', async () => {
  const weights = new WeightReport();
  checkSite(context, await katexVersion(), { weights });
  const rows = weights.rows();
  expect(rows.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['trainer', 'glossary', 'status', 'list']),
  );
  expect(rows.filter(({ total, js }) => total > budget.total || js > budget.js)).toEqual([]);
});

test('no two pages share a title', () => {
  const pages = pagePaths(context).map((path) => readPage(context.site, path));
  const twice = (values: string[]) => values.filter((value, i) => values.indexOf(value) !== i);
  expect(twice(pages.map(({ title }) => title))).toEqual([]);
});

test('what the search fetches when it opens stays small', () => {
  const chunk = [...context.site.paths].find((path) => /^_astro\/search-panel\.client\..*\.js$/.test(path));
  expect(chunk).toBeDefined();
  expect(readText(context.site, chunk ?? '').length).toBeLessThan(13_000);
});

test('a page without formulas does not load the style sheet of formulas', () => {
  const page = readPage(context.site, 'search/index.html');
  const { css } = weigh(page, context);
  expect(css, `the search page loads ${kib(css)} of CSS`).toBeLessThan(12 * 1024);
});
