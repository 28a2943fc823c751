import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { averaged } from '../../../../src/explorers/kl-estimators/averaged.ts';
import {
  bell,
  divergence,
  logSoftmax,
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
  slope,
  uses,
} from '../../../../src/explorers/kl-estimators/estimators.ts';
import { distributionsOf, klSpace } from '../../../../src/explorers/kl-estimators/view.ts';
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

  test('k1 and k3 are exactly right on average, not only nearly', () => {
    expect(qualityOf('k1', logPi, logRef).bias).toBe(0);
    expect(qualityOf('k3', logPi, logRef).bias).toBe(0);
  });

  test.each(estimators)('the slope of %s is its derivative', (kind) => {
    for (const ratio of [-1.5, 0, 0.7]) {
      const rise = estimate(kind, ratio + 1e-5) - estimate(kind, ratio - 1e-5);
      expect(slope(kind, ratio)).toBeCloseTo(rise / 2e-5, 8);
    }
  });

  test('an average of n tokens deviates by the square root of n less', () => {
    const view = { ...klSpace.standard, samples: 16 };
    const [first] = averaged(view);
    expect(first).toMatchObject({ kind: 'k1', bias: 0 });
    expect(first?.ofMean).toBeCloseTo((first?.deviation ?? 0) / 4, 12);
    const policy = distributionsOf(view);
    expect(first?.drawn).toBe(drawnMeans(policy.logPi, policy.logRef, 16, view.seed).k1);
  });

  test('no direction where nothing pushes', () => {
    expect(cosine([0, 0], [1, 2])).toBeNaN();
    expect(cosine([1, 2], [1e-13, 0])).toBeNaN();
    expect(cosine([1e-13, 0], [1e-13, 0])).toBeNaN();
    expect(cosine([1e-11, 0], [1, 0])).toBe(1);
    expect(cosine([1, 0], [2, 0])).toBe(1);
    expect(cosine([1, 0], [-2, 0])).toBe(-1);
  });
});

describe('a draw of tokens', () => {
  /** The number in [0, 1) that a draw used, to a thousandth: of a thousand even tokens, token i says i/1000. */
  const drawn = (seed: number, samples: number) => {
    const even = Array.from({ length: 1000 }, () => Math.log(1 / 1000));
    const says = even.map((value, i) => value - i / 1000);
    return drawnMeans(even, says, samples, seed).k1;
  };

  test('the numbers are Mulberry32’s, on every machine', () => {
    // The first of seed 1 is 0.6270739…, the second 0.0027357…, the third 0.5274470….
    expect(drawn(1, 1)).toBeCloseTo(0.627, 10);
    expect(drawn(1, 2)).toBeCloseTo((0.627 + 0.002) / 2, 10);
    expect(drawn(1, 3)).toBeCloseTo((0.627 + 0.002 + 0.527) / 3, 10);
  });

  test('what rounding leaves of the probabilities falls to the last token', () => {
    expect(drawnMeans([-50, -49], [-50, -50], 4, 1).k1).toBe(1);
  });
});

test('logits of any size have probabilities', () => {
  const [first = 0, second = 0] = logSoftmax([-2000, 2000]);
  expect([first, second]).toEqual([-4000, 0]);
});
