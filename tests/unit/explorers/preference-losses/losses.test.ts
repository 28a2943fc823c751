import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  defaultSettings,
  dpoLosses,
  type LossSettings,
} from '../../../../src/explorers/preference-losses/dpo-losses.ts';
import { siblingLosses } from '../../../../src/explorers/preference-losses/sibling-losses.ts';
import { readVectors } from '../vectors.ts';

const losses = { ...dpoLosses, ...siblingLosses };
const lossName = z.custom<keyof typeof losses>((name) => typeof name === 'string' && name in losses);

/** With autograd's derivatives. */
const vectors = readVectors(
  'preference_losses',
  z.object({
    cases: z.array(
      z.object({
        loss: lossName,
        beta: z.number(),
        label_smoothing: z.number(),
        simpo_gamma: z.number(),
        z0: z.number(),
        tokens: z.tuple([z.number(), z.number()]),
        points: z.array(z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()])).min(3),
      }),
    ),
  }),
);

/** |found - expected| in units of 1e-6, absolute near zero and relative above 1. */
const millionths = (found: number, expected: number) =>
  (1e6 * Math.abs(found - expected)) / Math.max(1, Math.abs(expected));

describe.each(vectors.cases)('$loss, beta $beta, smoothing $label_smoothing', (given) => {
  const settings: LossSettings = {
    beta: given.beta,
    labelSmoothing: given.label_smoothing,
    simpoGamma: given.simpo_gamma,
    z0: given.z0,
    chosenTokens: given.tokens[0],
    rejectedTokens: given.tokens[1],
  };
  const loss = losses[given.loss];

  test.each(given.points)('at log-ratios %f and %f', (w, l, value, byChosen, byRejected) => {
    const found = loss(w, l, settings);
    expect(millionths(found.loss, value)).toBeLessThan(1);
    expect(millionths(found.byChosen, byChosen)).toBeLessThan(1);
    expect(millionths(found.byRejected, byRejected)).toBeLessThan(1);
  });

  test('derivatives are those of the loss, by central differences', () => {
    const h = 1e-5;
    // Not at a hinge's kink, and not where a probability would exceed 1.
    for (const [w, l] of [
      [1.3, -2.1],
      [-7.7, 3.2],
      [0.03, 0.01],
      [-40, -60],
    ] as const) {
      const { byChosen, byRejected } = loss(w, l, settings);
      const bySides = [
        (loss(w + h, l, settings).loss - loss(w - h, l, settings).loss) / (2 * h),
        (loss(w, l + h, settings).loss - loss(w, l - h, settings).loss) / (2 * h),
      ] as const;
      expect(millionths(byChosen, bySides[0])).toBeLessThan(20);
      expect(millionths(byRejected, bySides[1])).toBeLessThan(20);
    }
  });
});

test('every loss has vectors, and every vector a loss', () => {
  expect(new Set(vectors.cases.map(({ loss }) => loss))).toEqual(new Set(Object.keys(losses)));
});

describe('what the curves are known for', () => {
  const at = (name: keyof typeof losses, w: number, l: number, settings: Partial<LossSettings> = {}) =>
    losses[name](w, l, { ...defaultSettings, ...settings });

  test('the first loss, when the policy is the reference', () => {
    expect(at('sigmoid', 0, 0).loss).toBeCloseTo(Math.log(2), 12);
    expect(at('hinge', 0, 0).loss).toBe(1);
    expect(at('ipo', 0, 0).loss).toBe(25);
    expect(at('nca_pair', 0, 0).loss).toBeCloseTo(2 * Math.log(2), 12);
    expect(at('sppo_hard', 0, 0).loss).toBe(50);
  });

  test('hinge lets go at a margin of 1/beta', () => {
    expect(at('hinge', 9.9, 0).byChosen).toBe(-0.1);
    expect(at('hinge', 10.1, 0).byChosen).toBeCloseTo(0, 12);
  });

  test('simpo has half of its full push where the margin per token is γ/β', () => {
    const settings = { beta: 2.5, simpoGamma: 1.4 };
    expect(at('simpo', 5.6, 0, settings).loss).toBeCloseTo(Math.log(2), 12);
    expect(at('simpo', 5.6, 0, settings).byChosen).toBeCloseTo(-2.5 / 10 / 2, 12);
  });

  test('kto pushes hardest at its reference point', () => {
    const pushes = [2, 3, 4].map((ratio) => -at('kto', ratio, 0, { z0: 3 }).byChosen);
    expect(pushes[1]).toBeCloseTo(0.1 / 4 / 2, 12);
    expect(Math.max(...pushes)).toBe(pushes[1]);
  });

  test('what the guides say of orpo, sft and the sigmoid at the start', () => {
    expect(at('orpo', 0, 0).byChosen).toBeCloseTo(-0.108, 3);
    expect(at('sft', 0, 0).byChosen).toBe(-0.1);
    expect(at('orpo', 0, 0).byRejected).toBeCloseTo(0.008, 3);
    expect(at('sigmoid', 0, 0).byRejected).toBeCloseTo(0.05, 12);
  });

  test('discopop first pushes the margin down', () => {
    expect(at('discopop', 0, 0).byChosen).toBeGreaterThan(0);
  });

  test('apo_down leaves the chosen answer alone at the start', () => {
    expect(at('apo_down', 0, 0).byChosen).toBe(0);
  });

  test('exo_pair is not defined without label smoothing', () => {
    expect(at('exo_pair', 1, 0).loss).toBeNaN();
    expect(at('exo_pair', 1, 0, { labelSmoothing: 0.001 }).loss).toBeGreaterThan(0);
  });

  test('losses of probabilities end where one would exceed 1', () => {
    expect(at('sft', 9.9, 0).loss).toBeCloseTo(0.01, 12);
    expect(at('sft', 10.1, 0)).toMatchObject({ loss: Number.NaN, byChosen: Number.NaN });
    expect(at('orpo', 10.1, 0).loss).toBeNaN();
  });

  test('far margins overflow nothing', () => {
    for (const name of ['sigmoid', 'robust', 'nca_pair', 'bco_pair', 'aot', 'apo_zero'] as const) {
      expect(Number.isFinite(at(name, -1e5, 1e5).loss)).toBe(true);
    }
  });
});
