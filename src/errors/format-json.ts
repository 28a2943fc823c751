import { catalogue } from './catalogue.ts';
import type { FixReport } from './fix-report.ts';
import type { Problem } from './problem.ts';
import { summarise } from './summary.ts';

/**
 * Problems for machines: one JSON object with a summary and every problem with its cause, its cure, and its fix where
 * one is certain; after `--fix` also what was changed.
 */
export function formatJson(
  problems: readonly Problem[],
  { fixes }: { fixes?: FixReport | undefined } = {},
): string {
  const report = {
    schema: 1,
    ...summarise(problems),
    ...fixes,
    problems: problems.map((each) => ({ ...each, ...catalogue[each.code] })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
