import { columns } from '../errors/columns.ts';
import type { ChosenPage } from './choose-pages.ts';
import { categories, type PageScores } from './report.ts';

/** A page and what Lighthouse found on it. */
export interface Measured extends PageScores {
  page: ChosenPage;
  /** How often it was measured. */
  runs: number;
}

/** One row a page: the four scores, LCP, TBT, CLS; below it what costs points. */
export function scoreTable(measured: readonly Measured[]): string {
  const rows = measured.map(({ page, scores, lcp, tbt, cls, runs }) => [
    page.kind,
    ...categories.map((name) => String(scores[name])),
    `${(lcp / 1000).toFixed(2)} s`,
    `${tbt} ms`,
    String(cls),
    runs > 1 ? `${page.url} (middle of ${runs} runs)` : page.url,
  ]);
  const heads = ['kind', 'performance', 'accessibility', 'practices', 'SEO', 'LCP', 'TBT', 'CLS', 'page'];
  const findings = measured.flatMap(({ page, findings: found }) =>
    found.map((each) => `${page.url}  ${each}`),
  );
  return [columns([heads, ...rows]), ...(findings.length > 0 ? ['', ...findings] : [])].join('\n');
}
