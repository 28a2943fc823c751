import { describe, expect, test } from 'vitest';
import { decimalsFor, formatFixed, formatNumber, tickLabels } from '../../../src/figures/number.ts';
import { linearScale } from '../../../src/figures/scale.ts';
import { niceDomain, niceStep, ticks } from '../../../src/figures/ticks.ts';

describe('linearScale', () => {
  const scale = linearScale([-30, 30], [40, 340]);

  test('maps a domain onto a range, and back', () => {
    expect([scale(-30), scale(0), scale(30)]).toEqual([40, 190, 340]);
    expect(scale.invert(115)).toBe(-15);
  });

  test('a range may run downwards, as heights do', () => {
    expect(linearScale([0, 4], [212, 30])(3)).toBe(75.5);
  });

  test('refuses a domain without extent', () => {
    expect(() => linearScale([2, 2], [0, 1])).toThrow(
      'expected a domain with two different ends, found 2 and 2',
    );
  });
});

describe('ticks', () => {
  test.each([
    [60, 6, 10],
    [1, 5, 0.2],
    [0.2, 5, 0.05],
    [7, 5, 2],
    [900, 3, 500],
  ])('an extent of %f in about %i steps: steps of %f', (extent, count, step) => {
    expect(niceStep(extent, count)).toBeCloseTo(step, 12);
  });

  test('are round, also where floating point is not', () => {
    expect(ticks([-0.1, 0.3], 5)).toEqual([-0.1, 0, 0.1, 0.2, 0.3]);
    expect(ticks([1, 97], 5)).toEqual([20, 40, 60, 80]);
  });

  test('stand at both ends of a nice domain', () => {
    for (const values of [
      [0.31, 0.74],
      [-19, 13.9],
      [-1.9, 1.25],
      [0, 3.05],
      [4e-6, 5e-5],
    ]) {
      const domain = niceDomain(values, 5);
      const all = ticks(domain, 5);
      expect([all[0], all.at(-1)]).toEqual([...domain]);
      expect(domain[0]).toBeLessThanOrEqual(Math.min(...values));
      expect(domain[1]).toBeGreaterThanOrEqual(Math.max(...values));
    }
  });

  test('a nice domain leaves room around a single value, and ignores what is not finite', () => {
    expect(niceDomain([8], 5)).toEqual([4, 12]);
    expect(niceDomain([0, 0], 4)).toEqual([-1, 1]);
    expect(niceDomain([Number.NaN, 0, 9, Number.POSITIVE_INFINITY], 5)).toEqual([0, 10]);
    expect(() => niceDomain([Number.NaN], 5)).toThrow('expected finite values');
  });
});

describe('numbers', () => {
  test.each([
    [0.1, '0.1'],
    [-12.345, '−12.3'],
    [1500, '1500'],
    [0.00005, '0.00005'],
    [-0, '0'],
    [123456, '123000'],
    [Number.NaN, '–'],
  ])('%f is written %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  test('columns have as many decimals in each row, and no negative zero', () => {
    expect([0.5, -1.25, -0.00001].map((value) => formatFixed(value, 3))).toEqual([
      '0.500',
      '−1.250',
      '0.000',
    ]);
  });

  test('decimals show three digits of the largest value of a column', () => {
    expect([0.123, 12.3, 5000, 0.00005].map((value) => decimalsFor(value))).toEqual([3, 1, 0, 7]);
  });

  test('ticks share their decimals', () => {
    expect(tickLabels([-0.1, -0.05, 0, 0.05])).toEqual(['−0.10', '−0.05', '0.00', '0.05']);
    expect(tickLabels([0, 500, 1000])).toEqual(['0', '500', '1000']);
  });
});
