import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  bell,
  divergence,
  middle,
  tokenCount,
} from '../../../../src/explorers/kl-estimators/distributions.ts';
import { drawnMeans } from '../../../../src/explorers/kl-estimators/draw.ts';
import {
  cosine,
  errorOfMean,
  estimate,
  estimators,
  gradientOf,
  gradientOfForwardKl,
  gradientOfKl,
  logRatios,
  qualityOf,
  uses,
} from '../../../../src/explorers/kl-estimators/estimators.ts';
import { readVectors } from '../vectors.ts';

const list = z.array(z.number()).length(tokenCount);
const vectors = readVectors(
  'kl_estimators',
  z.object({
    cases: z
      .array(
        z.object({
          centre: z.number(),
          width: z.number(),
          reference_width: z.number(),
          log_pi: list,
          log_ref: list,
          values: z.record(z.enum(estimators), list),
          moments: z.record(z.enum(estimators), z.tuple([z.number(), z.number()])),
          kl: z.number(),
          forward_kl: z.number(),
          gradients: z.record(z.enum([...uses, 'kl', 'forward_kl']), list),
        }),
      )
      .min(5),
  }),
);

/** Each number equal to 8 digits: absolute near zero, relative above 1. */
function near(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of found.entries()) {
    const wanted = expected[i] ?? Number.NaN;
    expect(Math.abs(value - wanted) / Math.max(1, Math.abs(wanted))).toBeLessThan(1e-8);
  }
}

describe.each(vectors.cases)('policy at $centre, $width wide; reference $reference_width wide', (given) => {
  const logPi = bell(given.centre, given.width);
  const logRef = bell(middle, given.reference_width);

  test('distributions and divergences', () => {
    near(logPi, given.log_pi);
    near(logRef, given.log_ref);
    near([divergence(logPi, logRef), divergence(logRef, logPi)], [given.kl, given.forward_kl]);
  });

  test.each(estimators)('%s: values, mean, deviation', (kind) => {
    near(
      logRatios(logPi, logRef).map((ratio) => estimate(kind, ratio)),
      given.values[kind],
    );
    const { mean, bias, deviation } = qualityOf(kind, logPi, logRef);
    near([mean, deviation], given.moments[kind]);
    near([bias], [given.moments[kind][0] - given.kl]);
  });

  test.each(uses)('%s: the gradient is autograd’s', (use) => {
    near(gradientOf(use, logPi, logRef), given.gradients[use]);
  });

  test('exact gradients', () => {
    near(gradientOfKl(logPi, logRef), given.gradients.kl);
    near(gradientOfForwardKl(logPi, logRef), given.gradients.forward_kl);
  });

  test('who follows which', () => {
    const kl = gradientOfKl(logPi, logRef);
    const forward = gradientOfForwardKl(logPi, logRef);
    for (const use of ['k1 in the reward', 'k2 in the loss', 'ρ·k3 in the loss'] as const)
      near(gradientOf(use, logPi, logRef), kl);
    near(
      gradientOf('k1 in the loss', logPi, logRef),
      kl.map(() => 0),
    );
    near(gradientOf('k3 in the loss', logPi, logRef), forward);
    near(
      gradientOf('k3 in the reward', logPi, logRef),
      kl.map((g, i) => g - (forward[i] ?? 0)),
    );
  });
});

describe('moments', () => {
  const [logPi, logRef] = [bell(6, 1.2), bell(middle, 2)];

  test('the error of a mean falls with its samples, down to the bias', () => {
    const k2 = qualityOf('k2', logPi, logRef);
    expect(errorOfMean(k2, 1)).toBeCloseTo(Math.hypot(k2.bias, k2.deviation), 12);
    expect(errorOfMean(k2, 1e12)).toBeCloseTo(Math.abs(k2.bias), 5);
    expect(Math.abs(k2.bias)).toBeGreaterThan(0.01);
  });

  test('a draw repeats by its seed, and many tokens come near the expectation', () => {
    expect(drawnMeans(logPi, logRef, 50, 3)).toEqual(drawnMeans(logPi, logRef, 50, 3));
    expect(drawnMeans(logPi, logRef, 50, 3)).not.toEqual(drawnMeans(logPi, logRef, 50, 4));
    const means = drawnMeans(logPi, logRef, 40_000, 1);
    for (const kind of estimators) {
      const { mean, deviation } = qualityOf(kind, logPi, logRef);
      expect(Math.abs(means[kind] - mean)).toBeLessThan((4 * deviation) / 200);
    }
  });

  test('no direction where nothing pushes', () => {
    expect(cosine([0, 0], [1, 2])).toBeNaN();
    expect(cosine([1, 0], [2, 0])).toBe(1);
    expect(cosine([1, 0], [-2, 0])).toBe(-1);
  });
});
