import type { CurvePlot } from '../collections/curve-plot.ts';
import { decimalsFor, formatFixed, formatNumber } from './number.ts';
import type { Dash, PanelSpec } from './panel.ts';
import { niceDomain } from './ticks.ts';

/** A panel of a figure of functions, and what it shows in words. */
export interface CurvePanel {
  spec: PanelSpec;
  title: string;
  description: string;
}

/** Panels side by side; lines differ by tone and by how they are broken. */
export function curvePanels({ panels }: CurvePlot): CurvePanel[] {
  return panels.map(({ x, y, lines }) => {
    const xs = lines.flatMap(({ points }) => points.map(([value]) => value));
    const ys = lines.flatMap(({ points }) => points.map(([, value]) => value));
    return {
      spec: {
        x: { domain: [Math.min(...xs), Math.max(...xs)], label: x },
        y: { domain: niceDomain(ys, 5), label: y },
        lines: lines.map((line, i) => ({ ...line, dash: dashes[i % dashes.length] ?? 0 })),
        labels: lines.length > 1,
      },
      title: `${y} against ${x}`,
      description: lines.map(({ name, points }) => `${name}: ${ends(points)}`).join('; '),
    };
  });
}

const dashes: readonly Dash[] = [0, 1, 2, 3, 4];

function ends(points: readonly (readonly [number, number])[]): string {
  const at = ([x, y]: readonly [number, number] = [0, 0]) => `${formatNumber(y)} at ${formatNumber(x)}`;
  return `${at(points[0])}, ${at(points.at(-1))}`;
}

/** A table of a panel: about `count` of its x values, a column a line. */
export function curveNumbers({ lines }: CurvePlot['panels'][number], count = 9) {
  const xs = [...new Set(lines.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  const every = Math.max(1, (xs.length - 1) / (count - 1));
  const shown = [...new Set(Array.from({ length: count }, (_, i) => xs[Math.round(i * every)]))];
  const columns = lines.map(({ name, points }) => ({
    name,
    at: new Map(points),
    decimals: decimalsFor(Math.max(...points.map(([, y]) => Math.abs(y)))),
  }));
  return {
    heads: columns.map(({ name }) => name),
    rows: shown
      .filter((x) => x !== undefined)
      .map((x) => ({
        x: formatNumber(x),
        values: columns.map(({ at, decimals }) => {
          const y = at.get(x);
          return y === undefined ? '' : formatFixed(y, decimals);
        }),
      })),
  };
}
