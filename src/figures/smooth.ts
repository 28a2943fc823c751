import type { Point } from './path.ts';

/**
 * The mean of `window` neighbours around each point (an odd number; fewer at both ends, always as many on
 * either side, so that the ends stay what they are).
 */
export function movingMean(points: readonly Point[], window: number): Point[] {
  const half = Math.floor(window / 2);
  return points.map(([x], i) => {
    const reach = Math.min(half, i, points.length - 1 - i);
    const near = points.slice(i - reach, i + reach + 1);
    return [x, near.reduce((sum, [, y]) => sum + y, 0) / near.length];
  });
}

/** An odd window of about a tenth of the points, at least 3. */
export function windowFor(count: number): number {
  return Math.max(3, 2 * Math.round(count / 20) + 1);
}
