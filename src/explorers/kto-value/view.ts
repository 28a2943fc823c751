import type { KTOSettings, ProspectSettings } from './value.ts';

/** What the explorer shows: the reader's choices, all of them kept in the page's address. */
export interface KTOView extends KTOSettings, ProspectSettings {
  /** Log-ratio ℓ at which values are read off, in nats. */
  logRatio: number;
}

/** TRL's defaults, the medians of 1992, and a reference point that shows. */
export const defaultView: KTOView = {
  beta: 0.1,
  desirableWeight: 1,
  undesirableWeight: 1,
  z0: 20,
  logRatio: 0,
  alpha: 0.88,
  aversion: 2.25,
};

/** Log-ratios that are drawn, in nats. */
export const span = [-60, 80] as const;

/** Bounds of what the sliders can be set to. Beta moves on a logarithmic scale. */
export const limits = {
  beta: [0.01, 1],
  desirableWeight: [0, 4],
  undesirableWeight: [0, 4],
  z0: [0, 40],
  logRatio: span,
  alpha: [0.3, 1],
  aversion: [1, 4],
} as const;
