import { describe, expect, test } from 'vitest';
import {
  aroundZero,
  chartHeight,
  column,
  type StripChart,
  stripDecimals,
} from '../../../src/figures/strips.ts';
import { stripsMarkup } from '../../../src/figures/strips-markup.ts';

const chart = (values: readonly number[], given: Partial<StripChart> = {}): StripChart => ({
  heading: 'Prompt 1',
  columns: values.map((_, i) => String(i + 1)),
  strips: [{ name: 'reward', values, domain: aroundZero(values), tone: 'policy' }],
  ...given,
});

describe('aroundZero', () => {
  test('holds zero and every value', () => {
    expect(aroundZero([1, 3])).toEqual([0, 3]);
    expect(aroundZero([-2, 0.5])).toEqual([-2, 0.5]);
  });

  test('what prints as 0.0000 is no extent', () => {
    expect(aroundZero([0, 0])).toEqual([-1, 1]);
    expect(aroundZero([1e-13, -1e-6, Number.NaN])).toEqual([-1, 1]);
  });
});

describe('stripDecimals', () => {
  const third = 1 / 3;

  test('four at most, fewer where columns are narrow', () => {
    expect(stripDecimals(chart([third, -0.5]))).toEqual([4]);
    expect(stripDecimals(chart([third, 0, 0, 0, 0, 0, -0.5]))).toEqual([4]);
    expect(stripDecimals(chart([third, 0, 0, 0, 0, 0, 0, -0.5]))).toEqual([3]);
    expect(stripDecimals(chart([third, 0, 0, 0, 0, 0, 0, 0, -9.5]))).toEqual([2]);
  });

  test('no more than the numbers need', () => {
    expect(stripDecimals(chart([1, 0]))).toEqual([0]);
    expect(stripDecimals(chart([0.5, -0.25]))).toEqual([2]);
    expect(stripDecimals(chart([0.1 + 0.2, 0]))).toEqual([1]);
  });
});

describe('stripsMarkup', () => {
  test('a bar and a number a value, the bar from zero in its direction', () => {
    const markup = stripsMarkup(chart([1, -1]));
    const [, bars = ''] = /class="fig-bar tone-policy" d="([^"]+)"/.exec(markup) ?? [];
    const heights = [...bars.matchAll(/M[\d.]+ ([\d.]+)V([\d.]+)H/g)].map(
      ([, zero, end]) => Number(zero) - Number(end),
    );
    expect(heights).toEqual([11, -11]);
    expect(markup).toContain('>1</text>');
    expect(markup).toContain('>−1</text>');
  });

  test('what is not a number leaves its place empty', () => {
    const markup = stripsMarkup(chart([1, Number.NaN]));
    expect(markup.match(/V[\d.]+H/g)).toHaveLength(1);
    expect(markup).not.toContain('NaN');
  });

  test('marks lie across their columns, and are named', () => {
    const [strip] = chart([1, 2]).strips;
    if (!strip) throw new Error('expected a strip');
    const markup = stripsMarkup(
      chart([1, 2], { strips: [{ ...strip, marks: [{ name: 'λ = 0', values: [0, 1], dash: 2 }] }] }),
    );
    expect(markup.match(/fig-mark dash-2/g)).toHaveLength(2); // the mark and its legend
    expect(markup).toContain('>λ = 0</text>');
  });

  test('names are escaped', () => {
    const [strip] = chart([1]).strips;
    if (!strip) throw new Error('expected a strip');
    expect(stripsMarkup(chart([1], { strips: [{ ...strip, name: 'a="b"<c>' }] }))).not.toContain('<c>');
  });
});

test('a chart is as high as its strips, and its columns share the width', () => {
  const one = chart([1]);
  expect(chartHeight({ ...one, strips: [...one.strips, ...one.strips] }) - chartHeight(one)).toBe(54);
  expect(column(0, 4).width).toBe(88);
  expect(column(3, 4).x - column(2, 4).x).toBe(88);
});
