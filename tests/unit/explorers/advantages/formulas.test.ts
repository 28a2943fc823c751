import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  drGrpo,
  type Groups,
  grpo,
  grpoBatch,
  isFlat,
  ppo,
  reinforcePlusPlus,
  rloo,
  rlooNormalised,
} from '../../../../src/explorers/advantages/formulas.ts';
import { deviation } from '../../../../src/explorers/statistics.ts';
import { readVectors } from '../vectors.ts';

const table = z.array(z.array(z.number()).min(2)).min(2);

const vectors = readVectors(
  'advantages',
  z.object({
    cases: z
      .array(
        z.strictObject({
          rewards: table,
          values: z.array(z.number()),
          flat: z.array(z.boolean()),
          grpo: table,
          grpoBatch: table,
          drGrpo: table,
          rloo: table,
          rlooNormalised: table,
          reinforcePlusPlus: table,
          ppo: table,
          ppoWhitened: table,
        }),
      )
      .min(5),
  }),
);

/** Nine digits of the largest entry. */
function expectTable(found: number[][], expected: number[][]): void {
  expect(found.map((row) => row.length)).toEqual(expected.map((row) => row.length));
  const size = Math.max(1, ...expected.flat().map(Math.abs));
  for (const [i, row] of expected.entries())
    for (const [j, value] of row.entries())
      expect((found[i]?.[j] ?? Number.NaN) / size).toBeCloseTo(value / size, 9);
}

describe.each(vectors.cases)('rewards $rewards', ({ rewards, values, flat, ...expected }) => {
  test.each([
    ['grpo', grpo],
    ['grpoBatch', grpoBatch],
    ['drGrpo', drGrpo],
    ['rloo', rloo],
    ['rlooNormalised', rlooNormalised],
    ['reinforcePlusPlus', reinforcePlusPlus],
    ['ppo', (groups: Groups) => ppo(groups, values, false)],
    ['ppoWhitened', (groups: Groups) => ppo(groups, values, true)],
  ] as const)('%s is what the distilled code gives', (name, method) => {
    expectTable(method(rewards), expected[name]);
  });

  test('flat groups are those that the distilled GRPO counts', () => {
    expect(rewards.map(isFlat)).toEqual(flat);
  });
});

describe('what each method is known for', () => {
  const four = (groups: Groups) => groups.map((row) => row.map((value) => value.toFixed(4)));

  test('with G = 2 and scale_rewards="group" the size of the difference is gone', () => {
    expect(
      four(
        grpo([
          [1, 0],
          [1, 0.9],
        ]),
      ),
    ).toEqual([
      ['0.7070', '-0.7070'],
      ['0.7061', '-0.7061'],
    ]);
    expect(
      four(
        drGrpo([
          [1, 0],
          [1, 0.9],
        ]),
      ),
    ).toEqual([
      ['0.5000', '-0.5000'],
      ['0.0500', '-0.0500'],
    ]);
  });

  test('with all rewards equal, methods that compare give 0 and PPO with a value does not', () => {
    const equal = [
      [1, 1, 1],
      [1, 1, 1],
    ];
    for (const method of [grpo, grpoBatch, drGrpo, rloo, rlooNormalised, reinforcePlusPlus])
      expectTable(method(equal), [
        [0, 0, 0],
        [0, 0, 0],
      ]);
    expectTable(ppo(equal, [0.6, 0.3], false), [
      [0.4, 0.4, 0.4],
      [0.7, 0.7, 0.7],
    ]);
  });

  test('REINFORCE++ takes the difference between two flat prompts for one between answers', () => {
    const flat = [
      [1, 1],
      [0, 0],
    ];
    expectTable(rlooNormalised(flat), [
      [0, 0],
      [0, 0],
    ]);
    // std of 1, 1, 0, 0 with n-1 below: 1/√3
    const push = 0.5 / (1 / Math.sqrt(3) + 1e-4);
    expectTable(reinforcePlusPlus(flat), [
      [push, push],
      [-push, -push],
    ]);
  });

  test('RLOO is G/(G-1) times Dr. GRPO', () => {
    const rewards = [
      [1, 0, 0.3, 2],
      [9, 8, 1, 1],
    ];
    expectTable(
      rloo(rewards),
      drGrpo(rewards).map((row) => row.map((value) => (4 / 3) * value)),
    );
  });

  test('no advantage under scale_rewards="group" exceeds (G-1)/√G, and one lucky answer comes near', () => {
    const [lucky = []] = grpo([
      [1, 0, 0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0, 0, 0],
    ]);
    expect(lucky[0]).toBeLessThan(7 / Math.sqrt(8));
    expect(lucky[0]).toBeCloseTo(7 / Math.sqrt(8), 2);
  });

  test('a deviation needs two values', () => {
    expect(deviation([3])).toBeNaN();
    expect(deviation([0, 1])).toBeCloseTo(Math.SQRT1_2, 12);
  });
});
