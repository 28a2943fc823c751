import { expect, test } from 'vitest';
import { excerptRegion } from '../../../src/navigation/excerpt.ts';

const region = (name: string, lines: number, markers: number[], mirrors = ['DPOTrainer._compute_loss']) => ({
  name,
  mirrors,
  startLine: 1,
  endLine: lines,
  code: 'x = 1\n'.repeat(lines),
  markers,
});
const shown = (...names: string[]) => names.map((name) => `<Region name="${name}">`).join('\n');

test('takes the shortest region that mirrors a method and has two markers', () => {
  const regions = [region('loss', 20, [1, 2]), region('log-probs', 7, [1, 2]), region('step', 4, [1])];
  expect(excerptRegion(regions, shown('loss', 'log-probs', 'step'))?.name).toBe('log-probs');
});

test('prefers a longer region to one with a line that would be cut', () => {
  const wide = { ...region('log-probs', 7, [1, 2]), code: `x = ${'1'.repeat(95)}` };
  expect(excerptRegion([wide, region('loss', 20, [1, 2])], shown('loss', 'log-probs'))?.name).toBe('loss');
  expect(excerptRegion([wide], shown('log-probs'))?.name).toBe('log-probs');
});

test('a config class says less than a method, and a region that the page leaves out says nothing', () => {
  const regions = [
    region('options', 5, [1, 2], ['DPOConfig']),
    region('pairs', 6, [1, 2]),
    region('loss', 9, [1, 2]),
  ];
  expect(excerptRegion(regions, shown('options', 'loss'))?.name).toBe('loss');
  expect(excerptRegion(regions, shown('options'))).toBeUndefined();
});
