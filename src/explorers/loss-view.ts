import { niceStep } from '../figures/ticks.ts';
import { isLossName, type LossName, lossNames } from './loss-catalogue.ts';

/** What the explorer shows: the reader's choices, all of them kept in the page's address. */
export interface LossView {
  losses: readonly LossName[];
  beta: number;
  labelSmoothing: number;
  /** Tokens of either answer. */
  tokens: number;
  /** Margins from -span to span, in nats. */
  span: number;
  /** Where values are read off, in nats. */
  margin: number;
  /** Each loss as it is logged, or divided by its own value at margin 0. */
  scale: 'logged' | 'relative';
}

export const defaultView: LossView = {
  losses: ['sigmoid', 'hinge', 'nca_pair', 'apo_zero', 'discopop'],
  beta: 0.1,
  labelSmoothing: 0,
  tokens: 10,
  span: 30,
  margin: 0,
  scale: 'logged',
};

export const spans = [3, 10, 30, 100, 300] as const;

/** The margin nearest to `value` that the cursor can stand at: a round number within the span. */
export function marginNear(value: number, span: number): number {
  const step = marginStep(span);
  const bounded = Math.min(span, Math.max(-span, value));
  return Number((Math.round(bounded / step) * step).toPrecision(6)) + 0;
}

/** About a hundredth of the margins shown. */
export function marginStep(span: number): number {
  return niceStep(2 * span, 120);
}

/** Bounds of what sliders can be set to. Beta moves on a logarithmic scale. */
export const limits = {
  beta: [0.01, 10],
  labelSmoothing: [0, 0.45],
  tokens: [1, 200],
} as const;

/** Beta to two digits, from the position of its slider, which is its decimal logarithm. */
export function betaAt(position: number): number {
  return Number((10 ** position).toPrecision(2));
}

/** The query that brings the view back, `?losses=ipo.sigmoid&beta=0.5`; what is not changed is left out. */
export function viewToQuery(view: LossView, given = ''): string {
  const query = new URLSearchParams(given);
  const set = (key: keyof LossView, text: string, standard: string) => {
    if (text === standard) query.delete(key);
    else query.set(key, text);
  };
  set('losses', view.losses.join('.'), defaultView.losses.join('.'));
  for (const key of ['beta', 'labelSmoothing', 'tokens', 'span', 'margin', 'scale'] as const) {
    set(key, String(view[key]), String(defaultView[key]));
  }
  const text = query.toString();
  return text && `?${text}`;
}

/** The view that a query describes; what is missing, unknown or out of bounds has its default. */
export function viewFromQuery(text: string): LossView {
  const query = new URLSearchParams(text);
  const number = (key: keyof LossView, [low, high]: readonly [number, number], standard: number) => {
    const value = Number.parseFloat(query.get(key) ?? '');
    return value >= low && value <= high ? value : standard;
  };
  const chosen = new Set((query.get('losses') ?? '').split('.').filter(isLossName));
  const wanted = number('span', [0, 1000], defaultView.span);
  const span = spans.find((value) => value === wanted) ?? defaultView.span;
  return {
    losses: chosen.size > 0 ? inOrder(chosen) : defaultView.losses,
    beta: number('beta', limits.beta, defaultView.beta),
    labelSmoothing: number('labelSmoothing', limits.labelSmoothing, defaultView.labelSmoothing),
    tokens: Math.round(number('tokens', limits.tokens, defaultView.tokens)),
    span,
    margin: number('margin', [-span, span], defaultView.margin),
    scale: query.get('scale') === 'relative' ? 'relative' : 'logged',
  };
}

/** TRL's order, whatever the order of choosing; the standard choice keeps its own. */
export function inOrder(chosen: ReadonlySet<LossName>): readonly LossName[] {
  const ordered = lossNames.filter((name) => chosen.has(name));
  const standard = defaultView.losses;
  return ordered.length === standard.length && standard.every((name) => chosen.has(name))
    ? standard
    : ordered;
}
