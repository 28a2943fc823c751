import { flag, number, numbers } from '../parameter.ts';
import type { StateSpace } from '../state.ts';
import { type Episode, perfectValues } from './estimate.ts';

/** What the explorer shows: an answer, what is said about its tokens, and how credit is passed back. */
export interface GaeView {
  tokens: number;
  /** −κ times the log-ratio of each token. */
  rewards: readonly number[];
  /** V before each token. */
  values: readonly number[];
  /** V after the last token, where there is such a state. */
  endValue: number;
  score: number;
  ended: boolean;
  gamma: number;
  lam: number;
  whitenRewards: boolean;
  whitenAdvantages: boolean;
  /** The state whose surprise is followed back; beyond the last state: the last. */
  follow: number;
}

export const tokensBounds = { least: 4, most: 8 };

/** Of rewards, values and the score. */
export const rewardBounds = { min: -100, max: 100, step: 0.1 };

const { min, max, step } = rewardBounds;

export const gaeSpace: StateSpace<GaeView> = {
  parameters: {
    tokens: number(tokensBounds.least, tokensBounds.most, { step: 1, whole: true }),
    rewards: numbers(min, max, tokensBounds),
    values: numbers(min, max, tokensBounds),
    endValue: number(min, max, { step }),
    score: number(min, max, { step }),
    ended: flag,
    gamma: number(0, 1, { step: 0.01 }),
    lam: number(0, 1, { step: 0.01 }),
    whitenRewards: flag,
    whitenAdvantages: flag,
    follow: {
      ...number(0, tokensBounds.most, { step: 1, whole: true }),
      show: (state) => (state === tokensBounds.most ? 'end' : String(state)),
    },
  },
  // An answer of six tokens that goes well, with TRL's γ and λ.
  standard: {
    tokens: 6,
    rewards: [0, 0, 0, 0, 0, 0],
    values: [0.2, 0.3, 0.2, 0.5, 0.7, 0.6],
    endValue: 0.8,
    score: 1,
    ended: true,
    gamma: 1,
    lam: 0.95,
    whitenRewards: false,
    whitenAdvantages: false,
    follow: tokensBounds.most,
  },
  settle: (view) => ({
    ...view,
    rewards: ofLength(view.rewards, view.tokens),
    values: ofLength(view.values, view.tokens),
    follow: view.follow >= view.tokens ? tokensBounds.most : view.follow,
  }),
};

/** The first `length` numbers; tokens that come anew get 0. */
function ofLength(row: readonly number[], length: number): readonly number[] {
  return row.length === length ? row : Array.from({ length }, (_, i) => row[i] ?? 0);
}

/** Starting points that show one thing each: what they change of the view that stands there. */
export const presets: readonly { name: string; change: (view: GaeView) => Partial<GaeView> }[] = [
  { name: 'Reward only at the end', change: () => gaeSpace.standard },
  { name: 'Perfect critic', change: perfectCritic },
  { name: 'Zero critic', change: ({ tokens }) => ({ values: ofLength([], tokens), endValue: 0 }) },
  {
    name: 'By hand, with KL',
    change: () => ({
      ...gaeSpace.standard,
      tokens: 4,
      rewards: [-0.1, 0, 0.1, 0],
      values: [0.2, 0.4, 0.3, 0.6],
      lam: 0.5,
    }),
  },
  { name: 'λ = 0', change: () => ({ lam: 0 }) },
  { name: 'λ = 1', change: () => ({ lam: 1 }) },
];

/** The values of a critic that knows the rewards that stand there, at the γ that stands there; six decimals. */
function perfectCritic(view: GaeView): Partial<GaeView> {
  const known = perfectValues(episodeOf(view)).map((value) => Number(value.toFixed(6)));
  return { values: known.slice(0, view.tokens), endValue: known[view.tokens] ?? view.endValue };
}

/** What the estimator is given. */
export function episodeOf(view: GaeView): Episode {
  return { ...view, values: view.ended ? [...view.values, view.endValue] : view.values };
}

/** Tokens, and the state after the last one where the answer has ended. */
export function statesOf({ tokens, ended }: GaeView): number {
  return ended ? tokens + 1 : tokens;
}

/** The state whose surprise is followed back. */
export function followed(view: GaeView): number {
  return Math.min(view.follow, statesOf(view) - 1);
}
