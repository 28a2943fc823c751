import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import {
  judge,
  readScenarios,
  type Scenario,
  type ShownGroup,
  score,
  type Verdict,
} from './search-quality.ts';

const scenarios = readScenarios('tests/browser/search-scenarios.yaml');

/** What the search page shows for a query. */
async function shown(page: Page, query: string): Promise<ShownGroup[]> {
  await page.getByRole('main').getByRole('combobox', { name: 'Search' }).fill(query);
  await expect(page.locator('main search-panel')).toHaveAttribute('data-answered', query);
  return page.evaluate(() =>
    [...document.querySelectorAll('main .search-group')].map((group) => {
      const urls = [...group.querySelectorAll<HTMLAnchorElement>('a')].map(({ href }) =>
        href.slice(location.origin.length),
      );
      const page = (urls[0] ?? '').replace(/#.*/, '');
      return { page, places: urls.filter((url) => url.includes('#')) };
    }),
  );
}

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
const line = ({ scenario: { kind, query, want }, rank }: Verdict, groups: readonly ShownGroup[]) =>
  `${rank || '-'}  ${kind}: ${query}\n     want ${want[0]?.join(' | ')}\n     got  ${groups
    .slice(0, 4)
    .map(({ page, places }) => `${page}${places[0]?.replace(/.*#/, '#') ?? ''}`)
    .join('  ')}`;

async function judged(
  page: Page,
  chosen: readonly Scenario[],
): Promise<{ verdicts: Verdict[]; misses: string[] }> {
  await page.goto('/search/');
  const verdicts: Verdict[] = [];
  const misses: string[] = [];
  for (const scenario of chosen) {
    const groups = await shown(page, scenario.query);
    const verdict = judge(scenario, groups);
    verdicts.push(verdict);
    if (verdict.rank !== 1 || !verdict.ordered) misses.push(line(verdict, groups));
  }
  return { verdicts, misses };
}

test('there are scenarios of every kind that readers type', () => {
  expect(scenarios.length).toBeGreaterThanOrEqual(60);
  expect(new Set(scenarios.map(({ query }) => query)).size).toBe(scenarios.length);
  expect(new Set(scenarios.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(7);
});

for (const held of [false, true]) {
  const name = held ? 'held out' : 'tuned on';
  test(`the right result is first for 80 %, among three for 95 % of the scenarios ${name}`, async ({
    page,
  }) => {
    test.setTimeout(180_000);
    const { verdicts, misses } = await judged(
      page,
      scenarios.filter((each) => each.held === held),
    );
    const { first, three } = score(verdicts);
    const report = `${name}: ${verdicts.length} scenarios, first ${percent(first)}, among three ${percent(three)}\n${misses.join('\n')}`;
    test.info().annotations.push({ type: 'search quality', description: report });
    console.log(report);
    expect(three, report).toBeGreaterThanOrEqual(0.95);
    expect(first, report).toBeGreaterThanOrEqual(0.8);
    expect(verdicts.filter(({ ordered }) => !ordered).map(({ scenario }) => scenario.query)).toEqual([]);
  });
}
