import type { Point } from './path.ts';

/**
 * The points that a polyline needs so that, at each x of the points left out, it passes within `tolerance` of
 * them, in units of y (Ramer, Douglas and Peucker). Points that are not numbers stay, and so do their neighbours.
 */
export function straighten(points: readonly Point[], tolerance: number): Point[] {
  const kept: Point[] = [];
  let run: Point[] = [];
  for (const point of points) {
    if (Number.isFinite(point[1])) {
      run.push(point);
      continue;
    }
    kept.push(...simplest(run, tolerance), point);
    run = [];
  }
  return [...kept, ...simplest(run, tolerance)];
}

function simplest(run: readonly Point[], tolerance: number): readonly Point[] {
  const [from, to] = [run[0], run.at(-1)];
  if (!from || !to || run.length < 3) return run;
  const slope = (to[1] - from[1]) / (to[0] - from[0]);
  let farthest = 0;
  let gap = 0;
  for (const [i, [x, y]] of run.entries()) {
    const off = Math.abs(y - from[1] - slope * (x - from[0]));
    if (off > gap) [farthest, gap] = [i, off];
  }
  if (gap <= tolerance) return [from, to];
  const left = simplest(run.slice(0, farthest + 1), tolerance);
  return [...left.slice(0, -1), ...simplest(run.slice(farthest), tolerance)];
}
