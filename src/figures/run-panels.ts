import type { RecordedRun } from '../collections/recorded-run.ts';
import { decimalsFor, formatFixed, formatNumber } from './number.ts';
import type { Line, Look, PanelSpec } from './panel.ts';
import type { Point } from './path.ts';
import type { Interval } from './scale.ts';
import { variantOf } from './select-runs.ts';
import { byKind, type SeriesKind } from './series.ts';
import { movingMean, windowFor } from './smooth.ts';
import { niceDomain } from './ticks.ts';

/** One panel of a recorded run, and what it shows in words. */
export interface RunPanel {
  spec: PanelSpec;
  description: string;
}

/** Up to so many values are shown one by one. */
const few = 20;

/** A line, and what it is called in the table of numbers. */
interface Drawn {
  line: Line;
  title: string;
}

/**
 * Small multiples of recorded runs: series of one unit share a panel; with several runs, each series has its own
 * panel and each run a line. Runs and series as `selectRuns` returned and checked them.
 */
export function runPanels(
  runs: readonly RecordedRun[],
  series: readonly string[],
  smooth: boolean,
): RunPanel[] {
  const last = Math.max(...runs.flatMap((run) => series.map((name) => run.series[name]?.at(-1)?.[0] ?? 0)));
  const groups = runs.length > 1 ? series.flatMap((name) => byKind([name])) : byKind(series);
  return groups.map((group) => {
    const drawn = linesOf(runs, group.series);
    const lines = drawn.flatMap(({ line }) => (smooth ? smoothed(line) : [line]));
    const label = [group.series.length > 1 ? group.kind.quantity : group.series[0], group.kind.unit];
    return {
      spec: {
        x: { domain: [0, last], label: 'optimizer step' },
        y: { domain: yDomain(lines, group.kind), label: label.filter(Boolean).join(', ') },
        lines,
        labels: drawn.length > 1,
      },
      description: drawn.map(inWords).join('; '),
    };
  });
}

function linesOf(runs: readonly RecordedRun[], series: readonly string[]): Drawn[] {
  return runs.flatMap((run, r) =>
    series.map((name, s) => {
      const points = run.series[name] ?? [];
      const dotted = points.length <= few;
      if (runs.length > 1) {
        // The flag --bug, which the caption shows, needs no place in every panel.
        const variant = variantOf(run).replace(/^bug-/, '');
        return {
          line: { name: variant, points, dotted, ...pick(runLooks, r) },
          title: `${name}, ${variant}`,
        };
      }
      const label = name.replace(/^.*\//, '');
      return { line: { name: label, points, dotted, ...lookOfSeries(name, s) }, title: name };
    }),
  );
}

/** For what the policy does, and what else has no fixed role; not the colours of chosen and rejected. */
const seriesLooks: readonly Look[] = [
  { tone: 'policy', dash: 0 },
  { tone: 4, dash: 2 },
  { tone: 5, dash: 3 },
  { tone: 6, dash: 4 },
];

const runLooks: readonly Look[] = [
  { tone: 'policy', dash: 0 },
  { tone: 5, dash: 1 },
  { tone: 4, dash: 2 },
  { tone: 6, dash: 3 },
];

/** Chosen and rejected keep their colours wherever they are drawn. */
function lookOfSeries(name: string, index: number): Look {
  if (/chosen/.test(name)) return { tone: 'chosen', dash: 0 };
  if (/rejected/.test(name)) return { tone: 'rejected', dash: 1 };
  return pick(seriesLooks, index);
}

function pick(looks: readonly Look[], index: number): Look {
  return looks[index % looks.length] ?? { tone: 'policy', dash: 0 };
}

function smoothed(line: Line): Line[] {
  return [
    { ...line, faint: true },
    { ...line, points: movingMean(line.points, windowFor(line.points.length)) },
  ];
}

function yDomain(lines: readonly Line[], { bounds }: SeriesKind): Interval {
  const values = lines.flatMap(({ points }) => points.map(([, y]) => y));
  const [low, high] = niceDomain(values, 5);
  // A nice domain may be wider than what can occur: no share is above 1.
  return bounds ? [Math.max(low, bounds[0]), Math.min(high, bounds[1])] : [low, high];
}

function inWords({ line: { points }, title }: Drawn): string {
  const first = points[0] ?? [0, 0];
  const last = points.at(-1) ?? first;
  const at = ([x, y]: Point) => `${formatNumber(y)} at step ${formatNumber(x, 6)}`;
  return `${title}: ${at(first)}, ${at(last)}`;
}

/** A table of at most `count` evenly spaced steps: a row a step, a column a series of a run. */
export function runNumbers(runs: readonly RecordedRun[], series: readonly string[], count = 10) {
  const columns = linesOf(runs, series).map(({ line: { points }, title }) => {
    const largest = Math.max(...points.map(([, y]) => Math.abs(y)));
    return { title, at: new Map(points), decimals: decimalsFor(largest) };
  });
  // Steps at which the series that was logged least often has values.
  const sparsest = columns.reduce((a, b) => (b.at.size < a.at.size ? b : a));
  const steps = [...sparsest.at.keys()];
  const every = Math.max(1, (steps.length - 1) / (count - 1));
  const shown = new Set(Array.from({ length: count }, (_, i) => steps[Math.round(i * every)]));
  return {
    heads: columns.map(({ title }) => title),
    rows: steps
      .filter((step) => shown.has(step))
      .map((step) => ({
        step: formatNumber(step, 6),
        values: columns.map(({ at, decimals }) => {
          const value = at.get(step);
          return value === undefined ? '' : formatFixed(value, decimals);
        }),
      })),
  };
}
