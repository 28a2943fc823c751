import type { Point } from './path.ts';
import type { Interval } from './scale.ts';
import { straighten } from './straighten.ts';

/** Intervals at the start; kinks and bumps narrower than one of them are found at its ends or middle. */
const start = 24;
const depth = 7;

/**
 * Points of y = f(x) over an interval, dense where the curve bends: between two of them it leaves the straight
 * line by about `tolerance`, in units of y; none where it does not. Where f is not a number, the points are not either.
 */
export function sample(f: (x: number) => number, [from, to]: Interval, tolerance: number): Point[] {
  const point = (x: number): Point => [x, f(x)];
  const points: Point[] = [point(from)];
  for (let i = 0; i < start; i++) {
    const left = points.at(-1) ?? point(from);
    refine(left, point(from + ((i + 1) / start) * (to - from)), depth);
  }
  return straighten(points, tolerance / 4);

  function refine(left: Point, right: Point, levels: number): void {
    const middle = point((left[0] + right[0]) / 2);
    const gap = middle[1] - (left[1] + right[1]) / 2;
    const nowhere = Number.isNaN(left[1]) && Number.isNaN(middle[1]) && Number.isNaN(right[1]);
    if (levels > 0 && !nowhere && !(Math.abs(gap) <= tolerance)) {
      refine(left, middle, levels - 1);
      refine(middle, right, levels - 1);
    } else {
      points.push(right);
    }
  }
}
