/** Position in data units or on the page. */
export type Point = readonly [x: number, y: number];

/**
 * Path data of a polyline through points on the page, cut off above `top` and below `bottom`. A point that
 * is not a number interrupts the line. Two decimals: a hundredth of a pixel is not seen.
 */
export function linePath(points: readonly Point[], top: number, bottom: number): string {
  let path = '';
  let pen: string | undefined;
  for (let i = 1; i < points.length; i++) {
    const piece = cut(points[i - 1], points[i], top, bottom);
    if (!piece) continue;
    const [from, to] = [at(piece[0]), at(piece[1])];
    path += from === pen ? `L${to}` : `M${from}L${to}`;
    pen = to;
  }
  return path;
}

/** The last point of a polyline that lies between `top` and `bottom`, where a label can stand. */
export function lineEnd(points: readonly Point[], top: number, bottom: number): Point | undefined {
  for (let i = points.length - 1; i > 0; i--) {
    const piece = cut(points[i - 1], points[i], top, bottom);
    if (piece) return piece[1];
  }
  return undefined;
}

/** The part of a segment with y between `top` and `bottom`. */
function cut(from: Point | undefined, to: Point | undefined, top: number, bottom: number) {
  if (!from || !to || ![...from, ...to].every(Number.isFinite)) return undefined;
  const rise = to[1] - from[1];
  let enter = 0;
  let leave = 1;
  if (rise === 0) {
    if (from[1] < top || from[1] > bottom) return undefined;
  } else {
    const first = ((rise > 0 ? top : bottom) - from[1]) / rise;
    const last = ((rise > 0 ? bottom : top) - from[1]) / rise;
    enter = Math.max(enter, first);
    leave = Math.min(leave, last);
    if (enter >= leave) return undefined;
  }
  const along = (t: number): Point => [from[0] + t * (to[0] - from[0]), from[1] + t * rise];
  return [enter === 0 ? from : along(enter), leave === 1 ? to : along(leave)] as const;
}

function at([x, y]: Point): string {
  return `${round(x)} ${round(y)}`;
}

/** One decimal at most, none that is zero: a tenth of a unit is less than a reader sees. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
