import type { ScoredBatch } from './advantage-methods.ts';
import { padded, rowFromText, rowToText } from './number-row.ts';

/** What the advantages explorer shows: the rewards of two prompts, and what the methods need besides. */
export interface AdvantagesView {
  /** G, of either prompt. */
  answers: number;
  /** A row a prompt of `mostAnswers` rewards; what is beyond G waits for a larger G. */
  rewards: readonly [readonly number[], readonly number[]];
  /** What the value model says of each prompt. */
  values: readonly [number, number];
  /** Whether PPO's advantages are whitened over the batch, as PPOTrainer does. */
  whiten: boolean;
}

export const leastAnswers = 2;
export const mostAnswers = 8;

function view(
  rewards: readonly [readonly number[], readonly number[]],
  values: readonly [number, number],
): AdvantagesView {
  const [first, second] = rewards;
  return {
    answers: first.length,
    rewards: [padded(first, mostAnswers), padded(second, mostAnswers)],
    values,
    whiten: false,
  };
}

/** The batch of the RLOO guide's section on siblings. */
export const defaultView = view(
  [
    [1, 0, 0, 1],
    [9, 9, 9, 1],
  ],
  [0.4, 6],
);

/** Batches that show one thing each. */
export const presets: readonly { name: string; view: AdvantagesView }[] = [
  {
    name: 'All equal',
    view: view(
      [
        [1, 1, 1, 1],
        [0, 0, 0, 0],
      ],
      [0.6, 0.3],
    ),
  },
  {
    name: 'G = 2',
    view: view(
      [
        [1, 0],
        [1, 0.9],
      ],
      [0.5, 0.5],
    ),
  },
  {
    name: 'One lucky answer',
    view: view(
      [
        [1, 0, 0, 0, 0, 0, 0, 0],
        [1, 1, 0, 1, 0, 0, 1, 0],
      ],
      [0.1, 0.5],
    ),
  },
  {
    name: 'One outlier',
    view: view(
      [
        [0.5, 0.6, 0.4, 9],
        [0.5, 0.6, 0.4, 0.5],
      ],
      [0.5, 0.5],
    ),
  },
];

/** What the methods are given. */
export function batchOf({ answers, rewards, values, whiten }: AdvantagesView): ScoredBatch {
  return { groups: rewards.map((row) => row.slice(0, answers)), values, whiten };
}

/** The query that brings the view back, `?rewards1=1_0_0_1`; what is not changed is left out. */
export function viewToQuery(given: AdvantagesView, text = ''): string {
  const query = new URLSearchParams(text);
  const found = inWords(given);
  const standard = inWords(defaultView);
  for (const key of keys) {
    if (found[key] === standard[key]) query.delete(key);
    else query.set(key, found[key]);
  }
  const written = query.toString();
  return written && `?${written}`;
}

/** The view that a query describes; what is missing, not a number or out of bounds has its default. */
export function viewFromQuery(text: string): AdvantagesView {
  const query = new URLSearchParams(text);
  const standard = batchOf(defaultView);
  const row = (key: Key) => rowFromText(query.get(key), leastAnswers, mostAnswers);
  const groups = [row('rewards1') ?? standard.groups[0], row('rewards2') ?? standard.groups[1]];
  const [first = [], second = []] = groups;
  const [one = defaultView.values[0], two = defaultView.values[1]] =
    rowFromText(query.get('values'), 2, 2) ?? [];
  // Both prompts have G answers: with rows of two lengths the address is broken.
  const rewards: AdvantagesView['rewards'] =
    first.length === second.length
      ? [padded(first, mostAnswers), padded(second, mostAnswers)]
      : defaultView.rewards;
  return {
    answers: first.length === second.length ? first.length : defaultView.answers,
    rewards,
    values: [one, two],
    whiten: query.get('whiten') === 'yes',
  };
}

const keys = ['rewards1', 'rewards2', 'values', 'whiten'] as const;
type Key = (typeof keys)[number];

function inWords(given: AdvantagesView): Record<Key, string> {
  const [first = [], second = []] = batchOf(given).groups;
  return {
    rewards1: rowToText(first),
    rewards2: rowToText(second),
    values: rowToText(given.values),
    whiten: given.whiten ? 'yes' : 'no',
  };
}
