import { describe, expect, test } from 'vitest';
import { lineEnd, linePath, type Point } from '../../../src/figures/path.ts';
import { sample } from '../../../src/figures/sample.ts';
import { movingMean, windowFor } from '../../../src/figures/smooth.ts';
import { spread } from '../../../src/figures/spread.ts';

describe('linePath', () => {
  test('joins points', () => {
    expect(
      linePath(
        [
          [0, 10],
          [5, 20.129],
          [10, 15],
        ],
        0,
        100,
      ),
    ).toBe('M0 10L5 20.1L10 15');
  });

  test('cuts a line where it leaves the panel and takes it up where it comes back', () => {
    expect(
      linePath(
        [
          [0, 50],
          [10, -50],
          [20, 50],
        ],
        0,
        100,
      ),
    ).toBe('M0 50L5 0M15 0L20 50');
  });

  test('draws nothing outside, and a whole crossing inside', () => {
    expect(
      linePath(
        [
          [0, -10],
          [10, -20],
        ],
        0,
        100,
      ),
    ).toBe('');
    expect(
      linePath(
        [
          [0, -100],
          [10, 200],
        ],
        0,
        100,
      ),
    ).toBe('M3.3 0L6.7 100');
  });

  test('is interrupted by a point that is not a number', () => {
    expect(
      linePath(
        [
          [0, 1],
          [1, 1],
          [2, Number.NaN],
          [3, 1],
          [4, 1],
        ],
        0,
        2,
      ),
    ).toBe('M0 1L1 1M3 1L4 1');
  });

  test('ends where it is last seen', () => {
    expect(
      lineEnd(
        [
          [0, 50],
          [10, 0],
          [20, -100],
        ],
        0,
        100,
      ),
    ).toEqual([10, 0]);
    expect(
      lineEnd(
        [
          [0, 50],
          [10, 60],
          [20, Number.NaN],
        ],
        0,
        100,
      ),
    ).toEqual([10, 60]);
    expect(
      lineEnd(
        [
          [0, -1],
          [10, -2],
        ],
        0,
        100,
      ),
    ).toBeUndefined();
  });
});

describe('spread', () => {
  test('leaves positions that are far enough apart', () => {
    expect(spread([10, 50, 30], 12, 0, 100)).toEqual([10, 50, 30]);
  });

  test('moves crowded ones apart, in their order and within bounds', () => {
    expect(spread([98, 97, 99], 12, 0, 100)).toEqual([88, 76, 100]);
    expect(spread([5, 5], 12, 0, 100)).toEqual([5, 17]);
  });

  test('shares the room when there is too little', () => {
    expect(spread([1, 2, 3, 4, 5], 30, 0, 100)).toEqual([0, 25, 50, 75, 100]);
  });
});

describe('sample', () => {
  /** The value of the polyline at x. */
  const between = (points: readonly Point[], x: number) => {
    const i = points.findIndex(([at]) => at >= x);
    const [a, b] = [points[i - 1] ?? points[i], points[i]];
    if (!a || !b) return Number.NaN;
    return b[0] === a[0] ? b[1] : a[1] + ((x - a[0]) / (b[0] - a[0])) * (b[1] - a[1]);
  };

  test('follows a smooth curve to the tolerance', () => {
    const f = (x: number) => Math.log1p(Math.exp(-x));
    const points = sample(f, [-30, 30], 0.005);
    for (let x = -30; x <= 30; x += 0.37) expect(Math.abs(between(points, x) - f(x))).toBeLessThan(0.01);
  });

  test('places points at a kink, and few where the line is straight', () => {
    const points = sample((x) => Math.max(0, 1 - x), [-30, 29], 0.01);
    expect(Math.abs(between(points, 1))).toBeLessThan(0.05);
    expect(points.length).toBeLessThan(40);
  });

  test('finds the edge of where a function is defined', () => {
    const points = sample((x) => (x < 10 ? x : Number.NaN), [-30, 30], 0.01);
    const last = points.filter(([, y]) => Number.isFinite(y)).at(-1);
    expect(last?.[0]).toBeGreaterThan(9.9);
    expect(points.at(-1)).toEqual([30, Number.NaN]);
  });
});

describe('movingMean', () => {
  test('averages neighbours and keeps both ends', () => {
    const points: Point[] = [
      [1, 0],
      [2, 6],
      [3, 0],
      [4, 6],
      [5, 3],
    ];
    expect(movingMean(points, 3)).toEqual([
      [1, 0],
      [2, 2],
      [3, 4],
      [4, 3],
      [5, 3],
    ]);
  });

  test('a window is odd and about a tenth', () => {
    expect([4, 50, 100, 1000].map(windowFor)).toEqual([3, 7, 11, 101]);
  });
});
