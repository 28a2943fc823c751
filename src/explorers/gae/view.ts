import { type Episode, perfectValues } from './gae.ts';
import { padded, readNumber, rowFromText, rowToText } from './number-row.ts';

/** What the GAE explorer shows. Rows hold `mostTokens` numbers; what is beyond `tokens` waits for a longer answer. */
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

export const leastTokens = 4;
export const mostTokens = 8;

/** An answer of six tokens that goes well, with TRL's γ and λ. */
export const defaultView: GaeView = {
  tokens: 6,
  rewards: padded([], mostTokens),
  values: padded([0.2, 0.3, 0.2, 0.5, 0.7, 0.6], mostTokens),
  endValue: 0.8,
  score: 1,
  ended: true,
  gamma: 1,
  lam: 0.95,
  whitenRewards: false,
  whitenAdvantages: false,
  follow: mostTokens,
};

/** Starting points that show one thing each: what they change of the view that stands there. */
export const presets: readonly { name: string; change: (view: GaeView) => Partial<GaeView> }[] = [
  { name: 'Reward only at the end', change: () => defaultView },
  { name: 'Perfect critic', change: perfectCritic },
  { name: 'Zero critic', change: () => ({ values: padded([], mostTokens), endValue: 0 }) },
  {
    name: 'By hand, with KL',
    change: () => ({
      ...defaultView,
      tokens: 4,
      rewards: padded([-0.1, 0, 0.1, 0], mostTokens),
      values: padded([0.2, 0.4, 0.3, 0.6], mostTokens),
      lam: 0.5,
    }),
  },
  { name: 'λ = 0', change: () => ({ lam: 0 }) },
  { name: 'λ = 1', change: () => ({ lam: 1 }) },
];

/** The values of a critic that knows the rewards that stand there, at the γ that stands there. */
function perfectCritic(view: GaeView): Partial<GaeView> {
  const known = perfectValues(episodeOf(view)).map((value) => Number(value.toFixed(6)));
  return {
    values: padded(known.slice(0, view.tokens), mostTokens),
    endValue: view.ended ? (known[view.tokens] ?? 0) : view.endValue,
  };
}

/** What the estimator is given. */
export function episodeOf(view: GaeView): Episode {
  const { tokens, rewards, values, endValue, ended } = view;
  return {
    ...view,
    rewards: rewards.slice(0, tokens),
    values: ended ? [...values.slice(0, tokens), endValue] : values.slice(0, tokens),
  };
}

/** Tokens, and the state after the last one where the answer has ended. */
export function statesOf({ tokens, ended }: GaeView): number {
  return ended ? tokens + 1 : tokens;
}

/** The state whose surprise is followed back. */
export function followed(view: GaeView): number {
  return Math.min(view.follow, statesOf(view) - 1);
}

/** The query that brings the view back, `?lam=0.5`; what is not changed is left out. */
export function viewToQuery(view: GaeView, text = ''): string {
  const query = new URLSearchParams(text);
  const found = inWords(view);
  const standard = inWords(defaultView);
  for (const key of keys) {
    if (found[key] === standard[key]) query.delete(key);
    else query.set(key, found[key]);
  }
  const written = query.toString();
  return written && `?${written}`;
}

/** The view that a query describes; what is missing, not a number or out of bounds has its default. */
export function viewFromQuery(text: string): GaeView {
  const query = new URLSearchParams(text);
  const share = (key: 'gamma' | 'lam') => within(query.get(key), 0, 1) ?? defaultView[key];
  const rewards = rowFromText(query.get('rewards'), leastTokens, mostTokens);
  const values = rowFromText(query.get('values'), leastTokens, mostTokens);
  const wanted = rewards?.length ?? values?.length ?? defaultView.tokens;
  const fits = (row: number[] | undefined) => (row?.length === wanted ? padded(row, mostTokens) : undefined);
  return {
    tokens: wanted,
    rewards: fits(rewards) ?? defaultView.rewards,
    values: fits(values) ?? defaultView.values,
    endValue: readNumber(query.get('endValue') ?? '') ?? defaultView.endValue,
    score: readNumber(query.get('score') ?? '') ?? defaultView.score,
    ended: query.get('ended') !== 'no',
    gamma: share('gamma'),
    lam: share('lam'),
    whitenRewards: query.get('whitenRewards') === 'yes',
    whitenAdvantages: query.get('whitenAdvantages') === 'yes',
    follow: Math.round(within(query.get('follow'), 0, mostTokens) ?? defaultView.follow),
  };
}

function within(text: string | null, low: number, high: number): number | undefined {
  const value = readNumber(text ?? '');
  return value !== undefined && value >= low && value <= high ? value : undefined;
}

const keys = [
  'rewards',
  'values',
  'endValue',
  'score',
  'ended',
  'gamma',
  'lam',
  'whitenRewards',
  'whitenAdvantages',
  'follow',
] as const;

function inWords(view: GaeView): Record<(typeof keys)[number], string> {
  const yes = (value: boolean) => (value ? 'yes' : 'no');
  return {
    rewards: rowToText(view.rewards.slice(0, view.tokens)),
    values: rowToText(view.values.slice(0, view.tokens)),
    endValue: String(view.endValue),
    score: String(view.score),
    ended: yes(view.ended),
    gamma: String(view.gamma),
    lam: String(view.lam),
    whitenRewards: yes(view.whitenRewards),
    whitenAdvantages: yes(view.whitenAdvantages),
    follow: String(view.follow),
  };
}
