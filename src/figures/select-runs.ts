import type { RecordedRun } from '../collections/recorded-run.ts';
import { didYouMean } from '../errors/suggest.ts';

/** What a run without a variant is called beside runs that have one. */
export const plain = 'plain';

export const variantOf = ({ variant }: RecordedRun) => variant ?? plain;

export interface RunSelection {
  script: string;
  /** Names of variants, `plain` among them for the run without. */
  variants: readonly string[];
  series: readonly string[];
  /** The page that asks, for its author to find the mistake. */
  page: string;
}

/**
 * The recorded runs that a figure asks for, each with all of its series. Throws an error that names the scripts,
 * variants or series that exist when one does not.
 */
export function selectRuns(
  runs: readonly RecordedRun[],
  { script, variants, series, page }: RunSelection,
): RecordedRun[] {
  const refuse = (reason: string): never => {
    throw new Error(`${page}: RunPlot: ${reason}`);
  };
  const ofScript = runs.filter((run) => run.script === script);
  if (ofScript.length === 0) refuse(instead('script', script, new Set(runs.map((run) => run.script))));
  return variants.map((variant) => {
    const run = ofScript.find((candidate) => variantOf(candidate) === variant);
    if (!run) return refuse(instead(`variant of ${script}`, variant, new Set(ofScript.map(variantOf))));
    for (const name of series) {
      const count = run.series[name]?.length;
      if (count === undefined) refuse(instead(`series of ${script}`, name, new Set(Object.keys(run.series))));
      else if (count < 2)
        refuse(
          `expected at least 2 points of ${name} in the run of ${script}, found ${count}; log more often, or leave the series out`,
        );
    }
    return run;
  });
}

/** What was found instead, what exists, and the cure. */
function instead(what: string, found: string, known: ReadonlySet<string>): string {
  const names =
    known.size > 0
      ? `found "${found}"; recorded are ${[...known].sort().join(', ')}`
      : 'found no recorded run';
  const hint = didYouMean(found, known) ?? 'record it with `npm run record`, or correct the name';
  return `expected a recorded ${what}, ${names}. ${hint}`;
}
