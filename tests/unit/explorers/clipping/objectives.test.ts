import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import facts from '../../../../content/trl/1.16.0.json' with { type: 'json' };
import {
  type MethodName,
  methodGroups,
  methodNames,
  methodOf,
} from '../../../../src/explorers/clipping/catalogue.ts';
import type { ClipSettings } from '../../../../src/explorers/clipping/objectives.ts';
import { clipSpace } from '../../../../src/explorers/clipping/view.ts';
import { readVectors } from '../vectors.ts';

const settingsShape: z.ZodType<ClipSettings> = z.object({
  epsilon: z.number(),
  epsilonHigh: z.number(),
  delta: z.number(),
  cap: z.number(),
  sequenceEpsilon: z.number(),
  tokens: z.number(),
  tauPos: z.number(),
  tauNeg: z.number(),
  kPos: z.number(),
  lambdaPos: z.number(),
  kNeg: z.number(),
  lambdaNeg: z.number(),
  oldLogProb: z.number(),
});
const method = z.custom<MethodName>((name) => methodNames.some((each) => each === name));

/** With autograd's derivatives, from the distilled GRPO, PPO and RLOO. */
const vectors = readVectors(
  'clipping',
  z.object({
    cases: z.array(
      z.object({
        method,
        by: z.string(),
        settings: settingsShape,
        points: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])).min(20),
      }),
    ),
  }),
);

const standard = clipSpace.standard;
const at = (name: MethodName, ratio: number, advantage: number, settings: Partial<ClipSettings> = {}) =>
  methodOf(name).objective(ratio, advantage, { ...standard, ...settings });

/** |found - expected| in units of 1e-6, absolute near zero and relative above 1: distilled τ, k, λ are float32. */
const millionths = (found: number, expected: number) =>
  (1e6 * Math.abs(found - expected)) / Math.max(1, Math.abs(expected));

describe.each(vectors.cases)('$method of $by', ({ method: name, settings, points }) => {
  test.each(points)('at ratio %f with advantage %f', (ratio, advantage, objective, push) => {
    const found = methodOf(name).objective(ratio, advantage, settings);
    expect(millionths(found.push, push)).toBeLessThan(1);
    const impossible = ['cispo', 'vespo'].includes(name) && settings.oldLogProb + Math.log(ratio) > 0;
    if (impossible) expect(found.objective).toBeNaN();
    else expect(millionths(found.objective, objective)).toBeLessThan(1);
  });
});

test('every method has vectors', () => {
  expect(new Set(vectors.cases.map((each) => each.method))).toEqual(new Set(methodNames));
});

test('every loss type of GRPOTrainer has a curve, and every method is offered once', () => {
  const known = facts.classes.find(({ name }) => name === 'GRPOTrainer')?.loss_types ?? [];
  const covered = methodNames.flatMap((name) => methodOf(name).lossTypes);
  expect(known.length).toBe(8);
  expect([...covered].sort()).toEqual([...known].sort());
  expect(methodGroups.flatMap(({ methods }) => methods).sort()).toEqual([...methodNames].sort());
});

test('no two curves look alike', () => {
  const looks = methodNames.map((name) => Object.values(methodOf(name).look).join());
  expect(new Set(looks).size).toBe(methodNames.length);
});

test('the standard settings are the defaults of GRPOConfig', () => {
  const fields = facts.classes.find(({ name }) => name === 'GRPOConfig')?.fields ?? [];
  const standards = [
    ['epsilon', standard.epsilon],
    ['sapo_temperature_pos', standard.tauPos],
    ['sapo_temperature_neg', standard.tauNeg],
    ['vespo_k_pos', standard.kPos],
    ['vespo_lambda_pos', standard.lambdaPos],
    ['vespo_k_neg', standard.kNeg],
    ['vespo_lambda_neg', standard.lambdaNeg],
  ] as const;
  for (const [name, value] of standards)
    expect([name, Number(fields.find((field) => field.name === name)?.default)]).toEqual([name, value]);
});

describe('what the methods are known for', () => {
  test('on the policy, all push by A', () => {
    for (const name of methodNames)
      for (const sign of [1, -1]) expect(at(name, 1, sign).push, name).toBeCloseTo(sign, 12);
  });

  test('the clip silences one side only', () => {
    expect([0.5, 1.19, 1.21, 3].map((ratio) => at('clip', ratio, 1).push)).toEqual([0.5, 1.19, 0, 0]);
    expect([0.5, 0.79, 0.81, 3].map((ratio) => at('clip', ratio, -1).push)).toEqual([0, 0, -0.81, -3]);
  });

  test('delta ends the push on a bad token that became likelier', () => {
    expect([3.9, 4.1].map((ratio) => at('two_sided', ratio, -1).push)).toEqual([-3.9, 0]);
    expect(at('clip', 4.1, -1).push).toBe(-4.1);
  });

  test('one token in a hundred leaves a sequence’s clip at 3 percent', () => {
    expect(at('sequence', 1.02, 1).push).toBeGreaterThan(0.99);
    expect(at('sequence', 1.04, 1).push).toBe(0);
  });

  test('cispo never falls silent, and is bounded by its cap', () => {
    expect(at('cispo', 9, 1).push).toBe(5);
    expect(at('cispo', 9, -1).push).toBe(-5);
  });

  test('vespo weighs most at k/λ', () => {
    const pushes = [0.6, 2 / 3, 0.7].map((ratio) => at('vespo', ratio, 1).push);
    expect(Math.max(...pushes)).toBe(pushes[1]);
  });

  test('where the weight has a gradient, the push is the slope of the objective by log ρ', () => {
    const h = 1e-6;
    for (const name of methodNames.filter((each) => each !== 'cispo' && each !== 'vespo'))
      for (const [ratio, sign] of [
        [0.9, 1],
        [1.1, -1],
        [0.5, 1],
        [1.7, -1],
      ] as const) {
        const rise =
          at(name, ratio * Math.exp(h), sign).objective - at(name, ratio * Math.exp(-h), sign).objective;
        const shares = name === 'sequence' ? standard.tokens : 1;
        expect(at(name, ratio, sign).push, name).toBeCloseTo((shares * rise) / (2 * h), 4);
      }
  });
});
