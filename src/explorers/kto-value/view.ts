import { number } from '../parameter.ts';
import type { StateSpace } from '../state.ts';
import type { KTOSettings, ProspectSettings } from './value.ts';

/** What the explorer shows: the reader's choices. */
export interface KTOView extends KTOSettings, ProspectSettings {
  /** Log-ratio ℓ at which values are read off, in nats. */
  logRatio: number;
}

/** Log-ratios that are drawn, in nats. */
export const span = [-60, 80] as const;

/** TRL's defaults, the medians of 1992, and a reference point that shows. */
export const ktoSpace: StateSpace<KTOView> = {
  parameters: {
    beta: number(0.01, 1, { step: 0.01, logarithmic: true }),
    desirableWeight: number(0, 4, { step: 0.05 }),
    undesirableWeight: number(0, 4, { step: 0.05 }),
    z0: number(0, 40, { step: 1 }),
    logRatio: number(...span, { step: 1 }),
    alpha: number(0.3, 1, { step: 0.01 }),
    aversion: number(1, 4, { step: 0.05 }),
  },
  standard: {
    beta: 0.1,
    desirableWeight: 1,
    undesirableWeight: 1,
    z0: 20,
    logRatio: 0,
    alpha: 0.88,
    aversion: 2.25,
  },
  settle: (view) => ({ ...view, logRatio: Math.round(view.logRatio) }),
};
