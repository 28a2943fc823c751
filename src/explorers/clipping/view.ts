import { niceStep } from '../../figures/ticks.ts';
import { choice, number, some } from '../parameter.ts';
import type { StateSpace } from '../state.ts';
import { type MethodName, methodNames } from './catalogue.ts';
import type { ClipSettings } from './objectives.ts';

/** What the explorer shows: the reader's choices. */
export interface ClipView extends ClipSettings {
  methods: readonly MethodName[];
  /** Ratios up to it. */
  span: (typeof spans)[number];
  /** Where values are read off. */
  ratio: number;
  show: 'both' | 'objective' | 'push';
}

export const spans = [2, 3, 5, 10] as const;

/** The least ratio that is drawn: log π has no value at 0. */
export const leastRatio = 0.01;

const temperature = number(0.1, 10, { step: 0.02, logarithmic: true });
const gamma = number(0.1, 10, { step: 0.1 });

export const clipSpace: StateSpace<ClipView> = {
  parameters: {
    methods: some(methodNames),
    ratio: number(leastRatio, 10, { step: 0.02 }),
    span: choice(spans),
    show: choice(['both', 'objective', 'push']),
    epsilon: number(0.01, 0.9, { step: 0.01 }),
    epsilonHigh: number(0.01, 2, { step: 0.01 }),
    delta: number(1, 10, { step: 0.1 }),
    cap: number(0.1, 10, { step: 0.1 }),
    sequenceEpsilon: number(0.0001, 0.5, { step: 0.02, logarithmic: true }),
    tokens: number(1, 1000, { step: 0.02, logarithmic: true, whole: true }),
    tauPos: temperature,
    tauNeg: temperature,
    kPos: gamma,
    lambdaPos: gamma,
    kNeg: gamma,
    lambdaNeg: gamma,
    oldLogProb: number(-10, -0.1, { step: 0.1 }),
  },
  standard: {
    methods: ['clip', 'clip_higher', 'cispo', 'sapo', 'vespo'],
    ratio: 1,
    span: 2,
    show: 'both',
    epsilon: 0.2,
    epsilonHigh: 0.28,
    delta: 4,
    cap: 5,
    sequenceEpsilon: 0.0003,
    tokens: 100,
    tauPos: 1,
    tauNeg: 1.05,
    kPos: 2,
    lambdaPos: 3,
    kNeg: 3,
    lambdaNeg: 2,
    oldLogProb: -1,
  },
  settle: (view) => ({ ...view, ratio: ratioNear(view.ratio, view.span) }),
};

/** The ratio nearest to `value` that the cursor can stand at: a round number within the span. */
export function ratioNear(value: number, span: number): number {
  const step = ratioStep(span);
  return Number(Math.min(span, Math.max(step, Math.round(value / step) * step)).toPrecision(6));
}

/** About a hundredth of the ratios shown. */
export function ratioStep(span: number): number {
  return niceStep(span, 100);
}
