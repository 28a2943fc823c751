import { expect, test } from 'vitest';
import type { Point } from '../../../src/figures/path.ts';
import { sample } from '../../../src/figures/sample.ts';
import { straighten } from '../../../src/figures/straighten.ts';

test('a straight line keeps its ends, a bend its corner', () => {
  const bend: Point[] = Array.from({ length: 11 }, (_, i) => [i, Math.abs(i - 4)]);
  expect(straighten(bend, 0.01)).toEqual([
    [0, 4],
    [4, 0],
    [10, 6],
  ]);
});

test('what is left out lies within the tolerance', () => {
  const arc: Point[] = Array.from({ length: 101 }, (_, i) => [i, Math.sqrt(i)]);
  const few = straighten(arc, 0.05);
  expect(few.length).toBeLessThan(20);
  for (const [x, y] of arc) {
    const after = few.findIndex(([at]) => at >= x);
    const [a, b] = [few[Math.max(0, after - 1)] ?? [0, 0], few[after] ?? [0, 0]];
    const on = a[0] === b[0] ? b[1] : a[1] + ((b[1] - a[1]) * (x - a[0])) / (b[0] - a[0]);
    expect(Math.abs(on - y)).toBeLessThanOrEqual(0.05 + 1e-12);
  }
});

test('a gap stays a gap', () => {
  const nowhere: Point[] = [0, 1, Number.NaN, 3, 4, 5].map((y, x) => [x, y]);
  expect(straighten(nowhere, 1)).toEqual([
    [0, 0],
    [1, 1],
    [2, Number.NaN],
    [3, 3],
    [5, 5],
  ]);
  expect(straighten([], 1)).toEqual([]);
});

test('a sampled step stays steep', () => {
  const step = sample((x) => (x < 0.3 ? 1 : 0), [0, 1], 0.01);
  expect(step.length).toBeLessThanOrEqual(4);
  expect((step[2]?.[0] ?? 1) - (step[1]?.[0] ?? 0)).toBeLessThan(0.001);
});
