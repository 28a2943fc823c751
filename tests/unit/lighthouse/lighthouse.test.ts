import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { heaviestPages, namedPages } from '../../../src/lighthouse/choose-pages.ts';
import { lighthouseCommand } from '../../../src/lighthouse/command.ts';
import { isPerfect, middleRun, type PageScores, readReport } from '../../../src/lighthouse/report.ts';
import { scoreTable } from '../../../src/lighthouse/table.ts';
import { html, siteOf } from '../dist/site.ts';

const scores = { performance: 100, accessibility: 100, 'best-practices': 100, seo: 100 };
const good: PageScores = { scores, lcp: 1200, tbt: 0, cls: 0, findings: [] };
const withPerformance = (performance: number): PageScores => ({
  ...good,
  scores: { ...scores, performance },
});

/** A report as Lighthouse writes it, with a score of one audit of each category. */
function lighthouseReport(contrast: number): string {
  const category = (id: string, score: number) => ({ score, auditRefs: [{ id, weight: 3 }] });
  const audit = (title: string, score: number, numericValue: number) => ({ title, score, numericValue });
  return JSON.stringify({
    categories: {
      performance: category('largest-contentful-paint', 1),
      accessibility: category('color-contrast', contrast),
      'best-practices': category('errors-in-console', 1),
      seo: category('meta-description', 1),
    },
    audits: {
      'largest-contentful-paint': audit('Largest Contentful Paint', 0.999, 1234.56),
      'total-blocking-time': audit('Total Blocking Time', 1, 12.3),
      'cumulative-layout-shift': audit('Cumulative Layout Shift', 1, 0.00049),
      'color-contrast': { title: 'Contrast is too low', score: contrast, displayValue: '2 elements' },
      'errors-in-console': { title: 'No errors', score: 1 },
      'meta-description': { title: 'Has a description', score: null },
    },
  });
}

describe("Lighthouse's report", () => {
  test('gives scores of 100, and times in milliseconds', () => {
    expect(readReport(lighthouseReport(1))).toEqual({ ...good, lcp: 1235, tbt: 12, cls: 0 });
  });

  test('names what costs points', () => {
    const found = readReport(lighthouseReport(0.5));
    expect(isPerfect(found)).toBe(false);
    expect(found.findings).toEqual(['accessibility: Contrast is too low (2 elements) [color-contrast]']);
  });

  test('of a page that could not be measured is an error', () => {
    const failed = {
      ...JSON.parse(lighthouseReport(1)),
      runtimeError: { code: 'NO_FCP', message: 'nothing drawn' },
    };
    expect(() => readReport(JSON.stringify(failed))).toThrow('NO_FCP: nothing drawn');
    expect(() => readReport('{}')).toThrow();
  });
});

test('of three runs the one in the middle counts', () => {
  expect(middleRun([98, 100, 99].map(withPerformance)).scores.performance).toBe(99);
  expect(middleRun([withPerformance(97)]).scores.performance).toBe(97);
});

describe('pages', () => {
  const { site } = siteOf({
    'index.html': html('home'),
    'guides/a/index.html': html('short'),
    'guides/b/index.html': html('much longer'),
    'search/index.html': html('<meta name="robots" content="noindex">'),
    'pagefind/x.html': 'not ours',
  });

  test('are the heaviest of each kind', () => {
    expect(heaviestPages(site)).toEqual([
      { kind: 'home', url: '/', isHidden: false },
      { kind: 'guide', url: '/guides/b/', isHidden: false },
      { kind: 'search', url: '/search/', isHidden: true },
    ]);
  });

  test('or those that are named, which must be there', () => {
    expect(namedPages(site, ['/guides/a/'])).toEqual([{ kind: 'guide', url: '/guides/a/', isHidden: false }]);
    expect(() => namedPages(site, ['/guides/c/'])).toThrow('found "/guides/c/"');
  });
});

test('the table has a row a page, and says how often it was measured', () => {
  const page = { kind: 'guide', url: '/guides/a/', isHidden: false } as const;
  const slow = { ...withPerformance(97), tbt: 210, findings: ['performance: Total Blocking Time (210 ms)'] };
  expect(
    scoreTable([
      { ...good, page, runs: 1 },
      { ...slow, page, runs: 3 },
    ]),
  ).toBe(
    [
      'kind   performance  accessibility  practices  SEO  LCP     TBT     CLS  page',
      'guide  100          100            100        100  1.20 s  0 ms    0    /guides/a/',
      'guide  97           100            100        100  1.20 s  210 ms  0    /guides/a/ (middle of 3 runs)',
      '',
      '/guides/a/  performance: Total Blocking Time (210 ms)',
    ].join('\n'),
  );
});

describe('the command', () => {
  async function run(args: string[], env: NodeJS.ProcessEnv = {}, dir = 'dist') {
    const said = { out: '', error: '' };
    const terminal = {
      color: false,
      out: (text: string) => {
        said.out += text;
      },
      error: (text: string) => {
        said.error += text;
      },
    };
    return { code: await lighthouseCommand(args, env, terminal, dir), ...said };
  }
  const empty = mkdtempSync(join(tmpdir(), 'lighthouse-'));

  test('explains itself', async () => {
    expect(await run(['--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('Usage: npm run lighthouse'),
    });
    expect(await run(['--pages'])).toMatchObject({ code: 2, error: expect.stringContaining('Usage:') });
  });

  test('says that there is nothing to measure', async () => {
    expect(await run([], {}, empty)).toEqual({
      code: 1,
      out: '',
      error: `expected a built site in ${empty}/, found none\n  cure: npm run build -- --precompress\n`,
    });
  });
});
