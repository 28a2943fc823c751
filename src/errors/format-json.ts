import { catalogue } from './catalogue.ts';
import type { CheckReport } from './check-report.ts';
import { docsOf } from './docs.ts';
import type { FixReport } from './fix-report.ts';
import type { Problem } from './problem.ts';
import { summarise } from './summary.ts';

/**
 * Problems for machines: one JSON object of the shape `checkReportSchema`.
 *
 * @param site address of the published site, for whole addresses in `docs`
 * @param fixes what `--fix` did, if it was asked for
 */
export function formatJson(
  problems: readonly Problem[],
  { site, fixes }: { site?: string | undefined; fixes?: FixReport | undefined } = {},
): string {
  const report: CheckReport = {
    schema: 1,
    ...summarise(problems),
    ...fixes,
    problems: problems.map((each) => ({
      ...each,
      ...catalogue[each.code],
      docs: docsOf(each.code, site),
    })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
