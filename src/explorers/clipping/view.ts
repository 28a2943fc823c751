import { choice, number, some } from '../parameter.ts';
import type { StateSpace } from '../state.ts';
import { type ClipName, type ClipSettings, clipNames, defaultClipSettings } from './methods.ts';

/** What the explorer shows: the methods drawn, their settings, and where values are read off. */
export interface ClipView extends ClipSettings {
  methods: readonly ClipName[];
  show: 'objective' | 'push' | 'both';
  /** Ratios from 0 to this one. */
  span: (typeof spans)[number];
  /** Where values are read off. */
  ratio: number;
}

export const spans = [2, 3, 6] as const;
/** The ratio is drawn and read off from here: at 0 the log-probability has no end. */
export const least = 0.02;

const positive = { step: 0.05 };

export const clipSpace: StateSpace<ClipView> = {
  parameters: {
    methods: some(clipNames),
    show: choice(['objective', 'push', 'both']),
    span: choice(spans),
    ratio: number(least, 6, { step: 0.01 }),
    eps: number(0.05, 0.5, { step: 0.01 }),
    epsHigh: number(0.05, 1, { step: 0.01 }),
    delta: number(1.1, 6, positive),
    seqEps: number(0.0001, 0.5, { step: 0.02, logarithmic: true }),
    tokens: number(1, 1000, { step: 0.02, logarithmic: true, whole: true }),
    cap: number(0.1, 6, positive),
    tauPos: number(0.2, 5, positive),
    tauNeg: number(0.2, 5, positive),
    kPos: number(0.1, 6, positive),
    lamPos: number(0.1, 6, positive),
    kNeg: number(0.1, 6, positive),
    lamNeg: number(0.1, 6, positive),
  },
  standard: {
    methods: ['clip', 'clip-higher', 'cispo', 'sapo', 'vespo'],
    show: 'push',
    span: 2,
    ratio: 1.4,
    ...defaultClipSettings,
  },
  settle: (view) => ({ ...view, ratio: ratioNear(view.ratio, view.span) }),
};

/** The nearest hundredth within the span. */
function ratioNear(ratio: number, span: number): number {
  return Number(Math.min(span, Math.max(least, Math.round(ratio * 100) / 100)).toFixed(2));
}
