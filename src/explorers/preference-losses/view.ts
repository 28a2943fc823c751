import { niceStep } from '../../figures/ticks.ts';
import { choice, number, some } from '../parameter.ts';
import type { StateSpace } from '../state.ts';
import { type LossName, lossNames } from './catalogue.ts';

/** What the explorer shows: the reader's choices. */
export interface LossView {
  losses: readonly LossName[];
  beta: number;
  labelSmoothing: number;
  simpoGamma: number;
  /** KTO's reference point, in nats. */
  z0: number;
  /** Tokens of either answer. */
  tokens: number;
  /** Margins from -span to span, in nats. */
  span: (typeof spans)[number];
  /** Where values are read off, in nats. */
  margin: number;
  /** Each loss as it is logged, or divided by its own value at margin 0. */
  scale: 'logged' | 'relative';
}

export const spans = [3, 10, 30, 100, 300] as const;

export const lossSpace: StateSpace<LossView> = {
  parameters: {
    losses: some(lossNames),
    beta: number(0.01, 10, { step: 0.01, logarithmic: true }),
    labelSmoothing: number(0, 0.45, { step: 0.01 }),
    simpoGamma: number(0, 10, { step: 0.05 }),
    z0: number(0, 30, { step: 0.5 }),
    tokens: number(1, 200, { step: 1, whole: true }),
    span: choice(spans),
    margin: number(-300, 300, { step: 0.5 }),
    scale: choice(['logged', 'relative']),
  },
  standard: {
    losses: ['sigmoid', 'hinge', 'nca_pair', 'apo_zero', 'discopop'],
    beta: 0.1,
    labelSmoothing: 0,
    simpoGamma: 0.5,
    z0: 0,
    tokens: 10,
    span: 30,
    margin: 0,
    scale: 'logged',
  },
  settle: (view) => ({ ...view, margin: marginNear(view.margin, view.span) }),
};

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
