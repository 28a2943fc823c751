import { catalogue } from './catalogue.ts';
import type { Problem } from './problem.ts';
import { summarise } from './summary.ts';

/** Problems for machines: one JSON object with a summary and every problem with its cause and cure. */
export function formatJson(problems: readonly Problem[]): string {
  const report = {
    schema: 1,
    ...summarise(problems),
    problems: problems.map((each) => ({ ...each, ...catalogue[each.code] })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
