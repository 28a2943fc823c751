import type { RecordedRun } from '../collections/recorded-run.ts';
import { type RunWish, runMistakes } from '../markdown/run-mistakes.ts';

/** What a run without a variant is called beside runs that have one. */
export const plain = 'plain';

export const variantOf = ({ variant }: RecordedRun) => variant ?? plain;

/**
 * The recorded runs that a figure asks for, each with all of its series. Throws an error that says what is not
 * there and names what is; `page` tells the author where.
 */
export function selectRuns(runs: readonly RecordedRun[], wish: RunWish, page: string): RecordedRun[] {
  const [mistake] = runMistakes(runs, wish);
  if (mistake)
    throw new Error([`${page}: ${mistake.message}`, mistake.suggestion].filter(Boolean).join('; '));
  const { script, variants, series } = wish;
  const chosen = runs.filter((run) => run.script === script && variants.includes(variantOf(run)));
  for (const run of chosen) {
    const single = series.find((name) => (run.series[name]?.length ?? 0) < 2);
    if (single === undefined) continue;
    throw new Error(
      `${page}: expected at least 2 points of \`${single}\` in the run of \`${script}\`, found ${run.series[single]?.length}; log it more often, or leave it out`,
    );
  }
  return chosen.sort((a, b) => variants.indexOf(variantOf(a)) - variants.indexOf(variantOf(b)));
}
