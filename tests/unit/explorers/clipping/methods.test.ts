import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  clipMethods,
  clipNames,
  defaultClipSettings,
  isClipName,
} from '../../../../src/explorers/clipping/methods.ts';
import { readVectors } from '../vectors.ts';

const { cases } = readVectors(
  'clipping',
  z.object({
    cases: z.array(
      z.object({
        method: z.string().refine(isClipName),
        source: z.string(),
        settings: z.record(z.string(), z.number()),
        points: z.array(z.tuple([z.number(), z.number(), z.number().nullable(), z.number()])).min(30),
      }),
    ),
  }),
);

describe.each(cases)('$method, as $source has it, $settings', ({ method, settings, points }) => {
  const { objective, push } = clipMethods[method];
  const all = { ...defaultClipSettings, ...settings };

  test('objective and push', () => {
    for (const [ratio, advantage, expected, slope] of points) {
      if (expected !== null) expect(objective(ratio, advantage, all)).toBeCloseTo(expected, 6);
      expect(push(ratio, advantage, all)).toBeCloseTo(slope, 6);
    }
  });
});

test('every method of the explorer has vectors, but the plain product', () => {
  expect(new Set(cases.map(({ method }) => method))).toEqual(
    new Set(clipNames.filter((name) => name !== 'unclipped')),
  );
});

test.each(clipNames)('%s: the push is the slope of the objective by log ρ', (name) => {
  const { objective, push } = clipMethods[name];
  const h = 1e-5;
  for (const cap of [5, 0.5]) {
    const settings = { ...defaultClipSettings, cap };
    for (const advantage of [1, -0.7]) {
      for (const ratio of [0.3, 0.77, 1.05, 1.13, 1.6, 3.1, 5.6]) {
        const rise =
          objective(ratio * Math.exp(h), advantage, settings) -
          objective(ratio * Math.exp(-h), advantage, settings);
        expect(push(ratio, advantage, settings)).toBeCloseTo(rise / (2 * h), 4);
      }
      expect(objective(1, advantage, settings)).toBeCloseTo(0, 12);
    }
  }
});
