import { expect, test } from 'vitest';
import { logSigmoid, sigmoid } from '../../../src/explorers/logistic.ts';
import { deviation, mean, whiteningScale } from '../../../src/explorers/statistics.ts';

test('mean and deviation, with n - 1 below', () => {
  expect(mean([1, 2, 6])).toBe(3);
  expect(deviation([1, 2, 6])).toBeCloseTo(Math.sqrt(14 / 2), 12);
});

test('fewer than two values have no deviation', () => {
  expect(deviation([3])).toBeNaN();
  expect(deviation([])).toBeNaN();
});

test('what has no spread is whitened by a finite number', () => {
  expect(whiteningScale([2, 2])).toBe(1e4);
});

test('the logistic function overflows at neither end', () => {
  expect([sigmoid(0), sigmoid(1000), sigmoid(-1000)]).toEqual([0.5, 1, 0]);
  expect(sigmoid(-740)).toBeGreaterThan(0);
  expect(sigmoid(2) + sigmoid(-2)).toBeCloseTo(1, 15);
});

test('its logarithm cancels at neither end', () => {
  expect([logSigmoid(-1000), logSigmoid(1000)]).toEqual([-1000, 0]);
  expect(logSigmoid(40)).toBeCloseTo(-Math.exp(-40), 30);
});
