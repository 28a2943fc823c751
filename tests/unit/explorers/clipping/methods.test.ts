import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import facts from '../../../../content/trl/1.16.0.json' with { type: 'json' };
import {
  clipMethods,
  clipNames,
  defaultClipSettings,
  isClipName,
  lossTypesOf,
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

test('every loss type of GRPOTrainer has one method', () => {
  const known = facts.classes.find(({ name }) => name === 'GRPOTrainer')?.loss_types ?? [];
  expect(known.length).toBe(8);
  expect(Object.values(lossTypesOf).flat().sort()).toEqual([...known].sort());
});

test('the defaults are those of GRPOConfig', () => {
  const fields = facts.classes.find(({ name }) => name === 'GRPOConfig')?.fields ?? [];
  const given = {
    epsilon: defaultClipSettings.eps,
    sapo_temperature_pos: defaultClipSettings.tauPos,
    sapo_temperature_neg: defaultClipSettings.tauNeg,
    vespo_k_pos: defaultClipSettings.kPos,
    vespo_lambda_pos: defaultClipSettings.lamPos,
    vespo_k_neg: defaultClipSettings.kNeg,
    vespo_lambda_neg: defaultClipSettings.lamNeg,
  };
  const theirs = Object.keys(given).map((name) => {
    const field = fields.find((each) => each.name === name);
    return [name, Number(field?.default)];
  });
  expect(Object.fromEntries(theirs)).toEqual(given);
});

test('one token of a hundred leaves a sequence’s clip at 3 percent', () => {
  const push = (ratio: number, advantage: number) =>
    clipMethods.sequence.push(ratio, advantage, defaultClipSettings);
  expect(push(1.02, 1)).toBeGreaterThan(1);
  expect(push(1.04, 1)).toBe(0);
  expect(push(0.98, -1)).toBeLessThan(-0.99);
  expect(push(0.96, -1)).toBe(0);
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

describe('a ratio at its very bound still pushes; the least step beyond does not', () => {
  const push = (name: 'clip' | 'clip-higher' | 'two-sided', ratio: number, advantage: number) =>
    clipMethods[name].push(ratio, advantage, { ...defaultClipSettings, eps: 0.25, epsHigh: 0.5, delta: 4 });

  test('upwards for a good answer, downwards for a bad one', () => {
    expect([push('clip', 1.25, 1), push('clip', 1.2501, 1)]).toEqual([1.25, 0]);
    expect([push('clip-higher', 1.5, 1), push('clip-higher', 1.5001, 1)]).toEqual([1.5, 0]);
    expect([push('clip', 0.75, -1), push('clip', 0.7499, -1)]).toEqual([-0.75, 0]);
  });

  test('the second side ends what a bad answer loses', () => {
    expect([push('two-sided', 4, -1), push('two-sided', 4.001, -1)]).toEqual([-4, 0]);
  });

  test('a sequence by the mean of its tokens', () => {
    const settings = { ...defaultClipSettings, seqEps: 0.25, tokens: 1 };
    const { push } = clipMethods.sequence;
    expect([push(1.25, 1, settings), push(1.2501, 1, settings)]).toEqual([1.25, 0]);
    expect([push(0.75, -1, settings), push(0.7499, -1, settings)]).toEqual([-0.75, 0]);
  });
});
