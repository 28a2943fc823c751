import { describe, expect, test } from 'vitest';
import { choice, flag, number, numbers, some, text } from '../../../src/explorers/parameter.ts';

describe('number', () => {
  test('is within bounds, and whole when asked', () => {
    const share = number(0, 0.5, { step: 0.01 });
    expect(['0', '0.25', '0.5'].map(share.parse)).toEqual([0, 0.25, 0.5]);
    expect(['-0.1', '0.51', '', ' ', 'x', '0.1x'].map(share.parse)).toEqual(Array(6).fill(undefined));
    expect(number(1, 9, { step: 1, whole: true }).parse('3.6')).toBe(4);
  });

  test('a logarithmic slider multiplies, to two digits, and reaches both bounds', () => {
    const { slider } = number(0.01, 10, { step: 0.01, logarithmic: true });
    expect([-2, -1, -0.7, 1].map((position) => slider?.at(position))).toEqual([0.01, 0.1, 0.2, 10]);
    expect(slider?.position(0.1)).toBe(-1);
    expect([slider?.min, slider?.max]).toEqual([-2, 1]);
  });

  test('a linear slider gives the digits of its steps', () => {
    expect(number(0, 1, { step: 0.1 }).slider?.at(0.30000000000000004)).toBe(0.3);
  });
});

test('choice keeps the type of its values', () => {
  const span = choice([3, 10]);
  expect(['3', '10', '4', ''].map(span.parse)).toEqual([3, 10, undefined, undefined]);
});

test('some keeps the order of its names, and may be none', () => {
  const losses = some(['a', 'b', 'c']);
  expect(['c.a', '', 'a', 'a.x'].map(losses.parse)).toEqual([['a', 'c'], [], ['a'], undefined]);
  expect(losses.print(['a', 'c'])).toBe('a.c');
});

test('a flag that a form leaves out is off', () => {
  expect(['1', '0', '', 'yes'].map(flag.parse)).toEqual([true, false, false, undefined]);
});

test('numbers are all within bounds, and as many as allowed', () => {
  const rewards = numbers(-1, 1, { least: 2, most: 3 });
  expect(['1,0.5', '1, -1 ,0'].map(rewards.parse)).toEqual([
    [1, 0.5],
    [1, -1, 0],
  ]);
  expect(['1', '1,2', '1,', '1,1,1,1', ''].map(rewards.parse)).toEqual(Array(5).fill(undefined));
});

test('text has an end', () => {
  expect(text(3).parse('abc')).toBe('abc');
  expect(text(3).parse('abcd')).toBeUndefined();
});
