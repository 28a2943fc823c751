import type { RecordedRun } from '../collections/recorded-run.ts';
import { didYouMean } from '../errors/suggest.ts';

/** What a figure asks of the recorded runs. */
export interface RunWish {
  script: string;
  /** Variants to draw; `plain` is the run without one. */
  variants: readonly string[];
  series: readonly string[];
}

/** What no recorded run can give to a figure, each with a suggestion. Empty when all is there. */
export function runMistakes(
  runs: readonly RecordedRun[],
  { script, variants, series }: RunWish,
): { message: string; suggestion?: string | undefined }[] {
  const ofScript = runs.filter((run) => run.script === script);
  if (ofScript.length === 0) {
    const names = [...new Set(runs.map((run) => run.script))].sort();
    const recorded = names.length > 0 ? `; recorded are ${names.join(', ')}` : '';
    const suggestion = didYouMean(script, names) ?? `record it with \`npm run record\`${recorded}`;
    return [{ message: `content/runs/ has no run of \`${script}\``, suggestion }];
  }
  return variants.flatMap((variant) => {
    const run = ofScript.find((each) => (each.variant ?? 'plain') === variant);
    if (!run) {
      const known = ofScript.map((each) => each.variant ?? 'plain');
      const suggestion = didYouMean(variant, known) ?? `variants: ${known.join(', ')}`;
      return [{ message: `\`${script}\` has no recorded variant \`${variant}\``, suggestion }];
    }
    return series
      .filter((name) => !Object.hasOwn(run.series, name))
      .map((name) => ({
        message: `the run of \`${script}\` has no series \`${name}\``,
        suggestion:
          didYouMean(name, Object.keys(run.series)) ?? `series: ${Object.keys(run.series).sort().join(', ')}`,
      }));
  });
}
