import type { RecordedRun } from '../collections/recorded-run.ts';

/** One line of the table of results: before training, or after one of the recorded runs. */
export interface ResultRow {
  label: string;
  /** True where the label is a command-line flag. */
  code: boolean;
  /** In the order of `names`; undefined where a run has no such result. */
  values: (number | undefined)[];
}

/**
 * Results of a script's runs as one table. A result named `x_before` or `x_after` is a column `x`;
 * the row "before training" is read from the plain run, since all variants start from one model.
 */
export function runResults(runs: readonly RecordedRun[]): { names: string[]; rows: ResultRow[] } {
  const plain = runs.find(({ variant }) => variant === undefined);
  if (!plain) return { names: [], rows: [] };
  const numeric = Object.entries(plain.results).filter(([, value]) => typeof value === 'number');
  const names = [...new Set(numeric.map(([name]) => name.replace(/_(before|after)$/, '')))];
  const read = (run: RecordedRun, keys: string[]) => {
    const value = keys.map((key) => run.results[key]).find((each) => typeof each === 'number');
    return typeof value === 'number' ? value : undefined;
  };
  const after = (run: RecordedRun) => names.map((name) => read(run, [`${name}_after`, name]));
  return {
    names,
    rows: [
      { label: 'before training', code: false, values: names.map((name) => read(plain, [`${name}_before`])) },
      { label: 'after the run', code: false, values: after(plain) },
      ...runs
        .filter((run) => run !== plain)
        .map((run) => ({
          label: run.args.filter((arg) => arg !== '--tiny').join(' '),
          code: true,
          values: after(run),
        })),
    ],
  };
}

/** What a recorded run took, on what, and with which releases; code stands between backticks. */
export function tookText(run: RecordedRun): string {
  const libraries = ['trl', 'torch', 'transformers', 'python'].flatMap((name) =>
    run.versions[name] ? [`${name} ${run.versions[name]}`] : [],
  );
  return [
    `${run.seconds.toFixed(0)} s and ${run.peak_memory_mb.toFixed(0)} MB`,
    `with \`${run.args.join(' ')}\` on ${run.hardware},`,
    `recorded ${run.date} with ${libraries.join(', ')}, seed ${run.seed}`,
  ].join(' ');
}

/** The fields of a run's samples in the order of time; files are written with their keys sorted. */
export function sampleFields({ samples }: RecordedRun): string[] {
  const recorded = Object.keys(samples[0] ?? {});
  const inTime = ['prompt', 'before', 'after'].filter((field) => recorded.includes(field));
  return [...new Set([...inTime, ...recorded])];
}
