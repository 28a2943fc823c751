import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  answerValue,
  type KTOSettings,
  prospectValue,
  scaledLogistic,
} from '../../../../src/explorers/kto-value/value.ts';
import { readVectors } from '../vectors.ts';

const vectors = readVectors(
  'kto_value',
  z.object({
    prospect: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])).min(3),
    cases: z
      .array(
        z.object({
          beta: z.number(),
          desirable_weight: z.number(),
          undesirable_weight: z.number(),
          z0: z.number(),
          points: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])).min(3),
        }),
      )
      .min(3),
  }),
);

const settings: KTOSettings = { beta: 0.1, desirableWeight: 1, undesirableWeight: 1, z0: 0 };

describe.each(vectors.cases)(
  'beta $beta, weights $desirable_weight and $undesirable_weight, z0 $z0',
  (given) => {
    const chosen: KTOSettings = {
      beta: given.beta,
      desirableWeight: given.desirable_weight,
      undesirableWeight: given.undesirable_weight,
      z0: given.z0,
    };

    test.each(given.points)('at a log-ratio of %f, wanted %i', (logRatio, wanted, loss, push) => {
      const found = answerValue(logRatio, wanted === 1, chosen);
      expect(found.loss).toBeCloseTo(loss, 9);
      expect(found.push).toBeCloseTo(push, 9);
      const weight = wanted === 1 ? chosen.desirableWeight : chosen.undesirableWeight;
      expect(found.value + found.loss).toBeCloseTo(weight, 12);
    });
  },
);

test.each(vectors.prospect)('prospect theory, alpha %f, lambda %f, at %f', (alpha, aversion, gain, value) => {
  expect(prospectValue(gain, { alpha, aversion })).toBeCloseTo(value, 9);
});

describe('what the curves are known for', () => {
  test('at the reference point an answer is worth half its weight, and is pushed hardest', () => {
    const { value, push, gain } = answerValue(7, true, { ...settings, z0: 7, desirableWeight: 2 });
    expect([value, gain]).toEqual([1, 0]);
    expect(push).toBeCloseTo((2 * 0.1) / 4, 12);
    expect(answerValue(7, false, { ...settings, z0: 7 }).push).toBeCloseTo(-0.025, 12);
  });

  test('4/beta nats away, 7 % of the push is left, on either side', () => {
    const top = answerValue(0, true, settings).push;
    for (const logRatio of [40, -40])
      expect(answerValue(logRatio, true, settings).push / top).toBeCloseTo(0.0707, 4);
  });

  test('far from everything nothing overflows, and a weight of 0 pushes nothing', () => {
    expect(answerValue(-1e6, true, settings)).toMatchObject({ value: 0, loss: 1, push: 0 });
    expect(answerValue(3, true, { ...settings, desirableWeight: 0 }).push).toBe(0);
  });

  test('the logistic that stands in for it has value 0 and slope 1 at the reference point', () => {
    expect(scaledLogistic(0)).toBe(0);
    expect((scaledLogistic(1e-4) - scaledLogistic(-1e-4)) / 2e-4).toBeCloseTo(1, 6);
  });
});
