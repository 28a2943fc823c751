import { expect, test } from 'vitest';
import { compareReleases } from '../../../src/trl/release-order.ts';

test('releases are compared by numbers, not by letters', () => {
  expect(['1.16.0', '1.9.0', '2.0', '1.9.1'].sort(compareReleases)).toEqual([
    '1.9.0',
    '1.9.1',
    '1.16.0',
    '2.0',
  ]);
});

test('a number that is left out counts as zero', () => {
  expect(compareReleases('2.0', '2.0.0')).toBe(0);
  expect(compareReleases('2.0', '2.0.1')).toBeLessThan(0);
  expect(compareReleases('2.0.1', '2.0')).toBeGreaterThan(0);
});
