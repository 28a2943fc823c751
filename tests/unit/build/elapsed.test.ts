import { expect, test } from 'vitest';
import { elapsed } from '../../../src/build/elapsed.ts';

test.each([
  [-5, '0 s'],
  [40_400, '40 s'],
  [119_000, '119 s'],
  [179_000, '2 min'],
  [119 * 60_000, '119 min'],
  [5.9 * 3_600_000, '5 h'],
])('%d ms are %s', (milliseconds, said) => {
  expect(elapsed(milliseconds)).toBe(said);
});
