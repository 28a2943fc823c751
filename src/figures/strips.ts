import { formatFixed } from './number.ts';
import type { Dash, Tone } from './panel.ts';
import { type Interval, linearScale, type Scale } from './scale.ts';

/** Other values of the same columns, each a short line across its column. */
export interface StripMark {
  name: string;
  values: readonly number[];
  dash: Dash;
}

/** A row of bars on a line of zero, each with its number below: one quantity by column. */
export interface Strip {
  name: string;
  /** One a column; NaN leaves its place empty. */
  values: readonly number[];
  /** Holds 0. Strips of one unit may share it, and so be compared by eye. */
  domain: Interval;
  tone: Tone;
  marks?: readonly StripMark[];
}

/** Strips under each other, with columns in common: what there is too much of for a plot with axes. */
export interface StripChart {
  heading: string;
  columns: readonly string[];
  strips: readonly Strip[];
}

export const stripSize = { width: 360, left: 4, right: 356, head: 36, strip: 54 };

export function chartHeight({ strips }: StripChart): number {
  return stripSize.head + strips.length * stripSize.strip;
}

/** Where a strip's parts stand, in units of the view box. */
export interface PlacedStrip {
  strip: Strip;
  heading: number;
  y: Scale;
  numbers: number;
}

export function placeStrips({ strips }: StripChart): PlacedStrip[] {
  return strips.map((strip, i) => {
    const top = stripSize.head + i * stripSize.strip;
    return {
      strip,
      heading: top + 9,
      y: linearScale(strip.domain, [top + 36, top + 14]),
      numbers: top + 48,
    };
  });
}

/** The middle of a column, and the width that it has. */
export function column(index: number, count: number): { x: number; width: number } {
  const width = (stripSize.right - stripSize.left) / count;
  return { x: stripSize.left + (index + 0.5) * width, width };
}

/** An interval that holds 0 and all values; what prints as 0.0000 is no extent, so it gets one and no bars. */
export function aroundZero(values: Iterable<number>): Interval {
  const finite = [...values].filter(Number.isFinite);
  const low = Math.min(0, ...finite);
  const high = Math.max(0, ...finite);
  return high - low >= 5e-5 ? [low, high] : [-1, 1];
}

/** Decimals of each strip's numbers: those that they need, at most four, and fewer where columns are narrow. */
export function stripDecimals({ strips, columns }: StripChart): number[] {
  const room = Math.floor((column(0, columns.length).width - 4) / 6);
  return strips.map(({ values }) => {
    const shown = values.filter(Number.isFinite);
    const fits = (decimals: number) => shown.every((value) => formatFixed(value, decimals).length <= room);
    const most = [4, 3, 2, 1].find(fits) ?? 0;
    const enough = (decimals: number) =>
      shown.every((value) => Number(value.toFixed(decimals)) === Number(value.toFixed(4)));
    return [0, 1, 2, 3].find((decimals) => decimals <= most && enough(decimals)) ?? most;
  });
}
