import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  credit,
  type Episode,
  estimate,
  halfLife,
  isConstant,
  perfectValues,
} from '../../../../src/explorers/gae/estimate.ts';
import { readVectors } from '../vectors.ts';

const row = z.array(z.number()).min(2);

const vectors = readVectors(
  'gae',
  z.object({
    cases: z
      .array(
        z.strictObject({
          answer: z.string(),
          ended: z.boolean(),
          score: z.number(),
          values: row,
          gamma: z.number(),
          lam: z.number(),
          whiten_rewards: z.boolean(),
          token_rewards: row,
          rewards: row,
          advantages: row,
          returns: row,
          whitened: row,
        }),
      )
      .min(5),
  }),
);

function expectRow(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 8);
}

describe.each(vectors.cases)('$answer, γ $gamma, λ $lam, whiten rewards: $whiten_rewards', (given) => {
  const found = estimate({
    ...given,
    rewards: given.token_rewards,
    whitenRewards: given.whiten_rewards,
    whitenAdvantages: true,
  });

  test('the score stands where PPOTrainer puts it', () => expectRow(found.rewards, given.rewards));
  test('advantages', () => expectRow(found.advantages, given.advantages));
  test('returns', () => expectRow(found.returns, given.returns));
  test('whitened over the tokens', () => expectRow(found.used, given.whitened));
});

test('answers that ended and answers that were cut off are both among the vectors', () => {
  expect(new Set(vectors.cases.map(({ ended }) => ended))).toEqual(new Set([true, false]));
});

const episode: Episode = {
  rewards: [-0.1, 0, 0.1, 0],
  values: [0.2, 0.4, 0.3, 0.6, 0.8],
  score: 1,
  ended: true,
  gamma: 1,
  lam: 0.5,
  whitenRewards: false,
  whitenAdvantages: false,
};

describe('limits', () => {
  test('the example worked by hand in the guide', () => {
    const { deltas, advantages, returns } = estimate(episode);
    expectRow(deltas, [0.1, -0.1, 0.4, 0.2, 0.2]);
    expectRow(advantages, [0.1875, 0.175, 0.55, 0.3, 0.2]);
    expectRow(returns, [0.3875, 0.575, 0.85, 0.9, 1]);
  });

  test('λ = 0 leaves the TD error, λ = 1 the rewards to come less the value', () => {
    const short = estimate({ ...episode, lam: 0, gamma: 0.9 });
    expect(short.advantages).toEqual(short.deltas);
    const far = estimate({ ...episode, lam: 1, gamma: 0.9 });
    expectRow(far.advantages, far.monteCarlo);
    expectRow(estimate({ ...episode, lam: 1 }).monteCarlo, [0.8, 0.7, 0.8, 0.4, 0.2]);
  });

  test('a perfect critic is never surprised, whatever γ and λ', () => {
    for (const gamma of [1, 0.7])
      for (const ended of [true, false]) {
        const given = { ...episode, gamma, ended };
        const { deltas, advantages } = estimate({ ...given, values: perfectValues(given) });
        for (const value of [...deltas, ...advantages]) expect(value).toBeCloseTo(0, 12);
      }
  });

  test('a critic of zeros and λ = 1 give each token the rewards to come', () => {
    expectRow(estimate({ ...episode, lam: 1, values: [] }).advantages, [1, 1.1, 1.1, 1, 1]);
  });

  test('an answer that was cut off has its score on the last token, and no state after it', () => {
    const { rewards, deltas } = estimate({ ...episode, ended: false });
    expectRow(rewards, [-0.1, 0, 0.1, 1]);
    expectRow(deltas, [0.1, -0.1, 0.4, 0.4]);
  });

  test('the state after the end takes no part in whitening, and moves no policy', () => {
    const { used } = estimate({ ...episode, whitenAdvantages: true });
    expect(used[4]).toBe(0);
    expect(used.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
    expect(used.slice(0, 4).reduce((sum, value) => sum + value ** 2, 0) / 3).toBeCloseTo(1, 6);
  });
});

describe('credit', () => {
  test('falls by γλ a token towards the start, and no token hears what came before it', () => {
    expectRow(credit(5, 3, 1, 0.5), [0.125, 0.25, 0.5, 1, 0]);
  });

  test('is how the advantage moves when the score does', () => {
    const more = estimate({ ...episode, score: 2, gamma: 0.9 }).advantages;
    const base = estimate({ ...episode, gamma: 0.9 }).advantages;
    expectRow(
      more.map((value, t) => value - (base[t] ?? 0)),
      credit(5, 4, 0.9, 0.5),
    );
  });

  test('half of it is left after ln ½ / ln γλ tokens', () => {
    expect(halfLife(1, 0.95)).toBeCloseTo(13.51, 2);
    expect(halfLife(1, 0.5)).toBeCloseTo(1, 12);
    expect([halfLife(1, 0), halfLife(1, 1)]).toEqual([0, Number.POSITIVE_INFINITY]);
  });
});

describe('one token alone has no spread to whiten by', () => {
  const alone = { ...episode, rewards: [0.5], values: [0.2], ended: false, gamma: 1, lam: 1 };

  test('its reward and its advantage stay as they are', () => {
    const { rewards, used } = estimate({ ...alone, whitenRewards: true, whitenAdvantages: true });
    expect(rewards).toEqual([1.5]);
    expect(used).toEqual([1.3]);
  });

  test('two have', () => {
    const { rewards } = estimate({ ...alone, ended: true, whitenRewards: true });
    // 0.5 and 1 have a deviation of 0.354, and stand ½√2 of it from their mean of 0.75.
    expect(rewards[0]).toBeCloseTo(0.75 - Math.SQRT1_2, 6);
    expect(rewards[1]).toBeCloseTo(0.75 + Math.SQRT1_2, 6);
  });
});

test('advantages that are all alike leave nothing after whitening', () => {
  expect(isConstant([0.3, 0.3, 0.3])).toBe(true);
  expect(isConstant([0.3, 0.3, 0.31])).toBe(false);
});
