import { bell, middle } from './distributions.ts';

/** What the explorer shows: the reader's choices, all of them kept in the page's address. */
export interface KLView {
  /** How far the policy's top lies from the reference's, in tokens. */
  shift: number;
  /** Widths of the two bells, in tokens. */
  width: number;
  referenceWidth: number;
  /** The token whose estimates are read off, from 1. */
  token: number;
  /** Tokens that are averaged. */
  samples: number;
  /** Which draw of tokens is shown. */
  seed: number;
}

export const defaultView: KLView = {
  shift: 0.5,
  width: 1.8,
  referenceWidth: 2,
  token: 4,
  samples: 64,
  seed: 1,
};

/** Bounds of what the sliders can be set to. Samples move on a logarithmic scale. */
export const limits = {
  shift: [-3, 3],
  width: [0.5, 3],
  referenceWidth: [0.5, 3],
  token: [1, 9],
  samples: [1, 4096],
  seed: [1, 9999],
} as const;

/** Log-probabilities of the nine tokens under both. */
export function distributionsOf({ shift, width, referenceWidth }: KLView) {
  return { logPi: bell(middle + shift, width), logRef: bell(middle, referenceWidth) };
}
