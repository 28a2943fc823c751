import { flag, number, numbers } from '../parameter.ts';
import type { StateSpace } from '../state.ts';
import type { ScoredBatch } from './methods.ts';

/** What the explorer shows: the rewards of two prompts' answers, and what the methods need besides. */
export interface AdvantagesView {
  /** G, answers of either prompt. */
  answers: number;
  /** Rewards of the first prompt's answers, G of them; then of the second's. */
  first: readonly number[];
  second: readonly number[];
  /** What the value model says of the first prompt, and of the second. */
  values: readonly number[];
  /** Whether PPO's advantages are whitened over the batch, as PPOTrainer does. */
  whiten: boolean;
}

export const answersBounds = { least: 2, most: 8 };

/** Of rewards and values. */
export const rewardBounds = { min: -100, max: 100, step: 0.1 };

const { min, max } = rewardBounds;

export const advantagesSpace: StateSpace<AdvantagesView> = {
  parameters: {
    answers: number(answersBounds.least, answersBounds.most, { step: 1, whole: true }),
    first: numbers(min, max, answersBounds),
    second: numbers(min, max, answersBounds),
    values: numbers(min, max, { least: 2, most: 2 }),
    whiten: flag,
  },
  // The batch of the RLOO guide's section on siblings.
  standard: {
    answers: 4,
    first: [1, 0, 0, 1],
    second: [9, 9, 9, 1],
    values: [0.4, 6],
    whiten: false,
  },
  settle: (view) => ({
    ...view,
    first: ofLength(view.first, view.answers),
    second: ofLength(view.second, view.answers),
  }),
};

/** The first `length` rewards; answers that come anew get 0. */
function ofLength(rewards: readonly number[], length: number): readonly number[] {
  return rewards.length === length ? rewards : Array.from({ length }, (_, i) => rewards[i] ?? 0);
}

/** Batches that show one thing each. */
export const presets: readonly { name: string; view: AdvantagesView }[] = [
  preset('All equal', [1, 1, 1, 1], [0, 0, 0, 0], [0.6, 0.3]),
  preset('G = 2', [1, 0], [1, 0.9], [0.5, 0.5]),
  preset('One lucky answer', [1, 0, 0, 0, 0, 0, 0, 0], [1, 1, 0, 1, 0, 0, 1, 0], [0.1, 0.5]),
  preset('One outlier', [0.5, 0.6, 0.4, 9], [0.5, 0.6, 0.4, 0.5], [0.5, 0.5]),
];

function preset(
  name: string,
  first: readonly number[],
  second: readonly number[],
  values: readonly [number, number],
): { name: string; view: AdvantagesView } {
  return { name, view: { answers: first.length, first, second, values, whiten: false } };
}

/** What the methods are given. */
export function batchOf({ first, second, values, whiten }: AdvantagesView): ScoredBatch {
  return { groups: [first, second], values, whiten };
}
