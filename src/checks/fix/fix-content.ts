import type { FixReport, ReportedFix } from '../../errors/fix-report.ts';
import { showFixes } from '../../errors/fix-report.ts';
import { showSummary, summarise } from '../../errors/summary.ts';
import type { Terminal } from '../../errors/terminal.ts';
import type { Fixable } from './choose.ts';
import { type Plan, planFixes } from './plan.ts';
import { unifiedDiff } from './unified-diff.ts';
import { replaceText } from './write-file.ts';

/**
 * Mends a content folder where a fix is certain. Each file is replaced in one step; one that was changed meanwhile is
 * left as it is.
 */
export async function fixContent(contentDir: string): Promise<FixReport> {
  const plan = await planFixes(contentDir);
  const failed = new Map<string, string>();
  for (const { file, original, text } of plan.files) {
    try {
      await replaceText(original, text);
    } catch (error) {
      failed.set(file, error instanceof Error ? error.message : String(error));
    }
  }
  const { fixed, refused } = reportOf(plan);
  return {
    fixed: fixed.filter(({ file }) => !failed.has(file)),
    refused: [
      ...refused,
      ...fixed.flatMap((each) => {
        const why = failed.get(each.file);
        return why === undefined ? [] : [{ ...each, why }];
      }),
    ],
  };
}

/**
 * Shows what `fixContent` would do: a diff that `patch -p1` understands, and beside it what would remain.
 *
 * @returns the exit code, by what is wrong with the content as it lies there: nothing was mended
 */
export async function previewFixes(contentDir: string, terminal: Terminal): Promise<number> {
  const plan = await planFixes(contentDir);
  for (const { file, original, text } of plan.files) terminal.out(unifiedDiff(file, original.text, text));
  terminal.error(showFixes(reportOf(plan), 'would fix'));
  terminal.error(`would remain: ${showSummary(summarise(plan.after))}\n`);
  return plan.before.some(({ severity }) => severity === 'error') ? 1 : 0;
}

/** Problems that one change mends are one fix. */
function reportOf(plan: Plan): FixReport {
  const reported = ({ file, code, fix }: Fixable): ReportedFix => ({ file, code, edits: fix.edits });
  const unique = new Map(plan.fixed.map(reported).map((each) => [JSON.stringify(each), each]));
  return {
    fixed: [...unique.values()],
    refused: plan.refused.map(({ problem, why }) => ({ ...reported(problem), why })),
  };
}
