import { tickLabels } from './number.ts';
import type { Point } from './path.ts';
import { type Interval, linearScale, type Scale } from './scale.ts';
import { ticks } from './ticks.ts';

/** What a line stands for; `tone-…` classes give it a colour. Numbers are for curves without a fixed role. */
export type Tone = 'chosen' | 'rejected' | 'policy' | 'reference' | 1 | 2 | 3 | 4 | 5 | 6;

/** How a line is broken, so that lines differ without colour: solid, dashes, dots, dash-dot, long dashes. */
export type Dash = 0 | 1 | 2 | 3 | 4;

/** How a line looks. */
export interface Look {
  tone: Tone;
  dash: Dash;
}

export interface Line extends Look {
  /** Printed at the line's end, when the panel labels its lines. */
  name: string;
  /** In data units, by rising x. */
  points: readonly Point[];
  /** Raw values behind a smoothed line: thin, and without a label. */
  faint?: boolean;
  /** Whether each point is a dot: for few values, between which the line only leads the eye. */
  dotted?: boolean;
}

export interface Axis {
  domain: Interval;
  /** The quantity, and its unit after a comma. */
  label: string;
}

/** A small plot: one quantity against another. */
export interface PanelSpec {
  x: Axis;
  /** Its label is the panel's heading. */
  y: Axis;
  lines: readonly Line[];
  /** Whether the lines' names stand at their ends. */
  labels: boolean;
}

interface Tick {
  position: number;
  label: string;
}

/** Where things stand, in units of the view box. */
export interface Panel {
  spec: PanelSpec;
  left: number;
  right: number;
  x: Scale;
  y: Scale;
  xTicks: Tick[];
  yTicks: Tick[];
}

/** All panels of the site have one size, so that text in them has one size too. */
export const size = { width: 360, height: 250 };
export const top = 30;
export const bottom = size.height - 38;
/** Of a letter of a label; the code face is 0.6 em wide. */
const letter = 6.1;

export function layoutPanel(spec: PanelSpec): Panel {
  const yValues = ticks(spec.y.domain, 5);
  const yLabels = tickLabels(yValues);
  const left = 12 + letter * Math.max(...yLabels.map((label) => label.length));
  const longest = spec.labels ? Math.max(0, ...spec.lines.map(({ name }) => name.length)) : 0;
  const right = size.width - (longest === 0 ? 12 : 14 + letter * longest);
  const x = linearScale(spec.x.domain, [left, right]);
  const y = linearScale(spec.y.domain, [bottom, top]);
  const xValues = ticks(spec.x.domain, right - left > 220 ? 6 : 4);
  const xLabels = tickLabels(xValues);
  return {
    spec,
    left,
    right,
    x,
    y,
    xTicks: xValues.map((value, i) => ({ position: x(value), label: xLabels[i] ?? '' })),
    yTicks: yValues.map((value, i) => ({ position: y(value), label: yLabels[i] ?? '' })),
  };
}
