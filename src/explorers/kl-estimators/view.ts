import { number } from '../parameter.ts';
import type { StateSpace } from '../state.ts';
import { bell, middle, tokenCount } from './distributions.ts';

/** What the explorer shows: the reader's choices. */
export interface KLView {
  /** How far the policy's top lies from the reference's, in tokens. */
  shift: number;
  /** Widths of the two bells, in tokens. */
  width: number;
  reference: number;
  /** The token whose estimates are read off, from 1. */
  token: number;
  /** Tokens that are averaged. */
  samples: number;
  /** Which draw of tokens is shown. */
  seed: number;
}

export const klSpace: StateSpace<KLView> = {
  parameters: {
    shift: number(-3, 3, { step: 0.1 }),
    width: number(0.5, 3, { step: 0.1 }),
    reference: number(0.5, 3, { step: 0.1 }),
    token: number(1, tokenCount, { step: 1, whole: true }),
    samples: number(1, 10_000, { step: 0.02, logarithmic: true, whole: true }),
    seed: number(1, 9999, { step: 1, whole: true }),
  },
  standard: { shift: 0.5, width: 1.8, reference: 2, token: 4, samples: 64, seed: 1 },
  settle: (view) => ({ ...view, token: Math.round(view.token), samples: Math.round(view.samples) }),
};

/** Log-probabilities of the nine tokens under both. */
export function distributionsOf({ shift, width, reference }: KLView) {
  return { logPi: bell(middle + shift, width), logRef: bell(middle, reference) };
}
