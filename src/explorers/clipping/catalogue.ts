import { formatNumber } from '../../figures/number.ts';
import type { Look } from '../../figures/panel.ts';
import {
  type ClipSettings,
  cispo,
  clip,
  clipHigher,
  type Objective,
  sapo,
  sequence,
  twoSided,
  unclipped,
  vespo,
} from './objectives.ts';

/** A way to hold a ratio in check. */
export interface Method {
  /** At the curve's end and beside its box. */
  label: string;
  objective: Objective;
  look: Look;
  /** The strings of `GRPOConfig.loss_type` that it stands for. */
  lossTypes: readonly string[];
}

const methods = {
  unclipped: { label: 'no clip', objective: unclipped, look: { tone: 6, dash: 3 }, lossTypes: [] },
  clip: {
    label: 'clip',
    objective: clip,
    look: { tone: 1, dash: 0 },
    lossTypes: ['grpo', 'bnpo', 'dr_grpo', 'dapo'],
  },
  clip_higher: { label: 'clip higher', objective: clipHigher, look: { tone: 2, dash: 1 }, lossTypes: [] },
  two_sided: { label: 'two-sided', objective: twoSided, look: { tone: 5, dash: 2 }, lossTypes: [] },
  sequence: { label: 'sequence', objective: sequence, look: { tone: 6, dash: 1 }, lossTypes: ['luspo'] },
  cispo: { label: 'cispo', objective: cispo, look: { tone: 3, dash: 2 }, lossTypes: ['cispo'] },
  sapo: { label: 'sapo', objective: sapo, look: { tone: 4, dash: 3 }, lossTypes: ['sapo'] },
  vespo: { label: 'vespo', objective: vespo, look: { tone: 5, dash: 4 }, lossTypes: ['vespo'] },
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof methods;

export const methodNames = Object.keys(methods).filter((name): name is MethodName => name in methods);

export function methodOf(name: MethodName): Method {
  return methods[name];
}

/** Methods that belong together, in the order in which they are offered. */
export const methodGroups: readonly { title: string; methods: readonly MethodName[] }[] = [
  { title: 'The clip', methods: ['unclipped', 'clip'] },
  { title: 'Other edges', methods: ['clip_higher', 'two_sided', 'sequence'] },
  { title: 'A weight instead', methods: ['cispo', 'sapo', 'vespo'] },
];

const edge = (value: number) => formatNumber(value, 4);

/** What a reader must know to read the curve under these settings. */
export function noteOn(name: MethodName, s: ClipSettings): string {
  const silent = (low: number, high: number) =>
    `A good token falls silent above ${edge(high)}, a bad one below ${edge(low)}.`;
  switch (name) {
    case 'unclipped':
      return 'is ρA, from which the clip departs. No trainer here uses it.';
    case 'clip':
      return `is PPO’s, and GRPO’s with loss_type grpo, bnpo, dr_grpo or dapo, which differ in how tokens are averaged. RLOO clips the whole answer’s ratio. ${silent(1 - s.epsilon, 1 + s.epsilon)}`;
    case 'clip_higher':
      return `sets epsilon_high. ${silent(1 - s.epsilon, 1 + s.epsilonHigh)}`;
    case 'two_sided':
      return `sets delta, and ends the push on a bad token that became ${edge(s.delta)} times as likely: without it, that push has no bound.${s.delta < 1 + s.epsilon ? ' A δ below 1 + ε cuts good tokens too: TRL advises against it.' : ''}`;
    case 'sequence':
      return `takes one ratio for the answer, the geometric mean of its tokens’ (importance_sampling_level, GSPO; luspo asks for it). Here one of ${s.tokens} tokens moves: at ρ = 2 the answer’s ratio is ${formatNumber(2 ** (1 / s.tokens), 5)}. ${silent((1 - s.sequenceEpsilon) ** s.tokens, (1 + s.sequenceEpsilon) ** s.tokens)}`;
    case 'cispo':
      return `reads epsilon_high as the cap of its weight, here ${edge(s.cap)}. Unset, the cap is epsilon. ${weightNote(s)}`;
    case 'sapo':
      return 'fades on both sides. At ρ = 1 the push is A, whatever its temperatures τ.';
    case 'vespo':
      return `weighs by the product of the answer’s ratios, here ρ: most at k/λ, ${edge(s.kPos / s.lambdaPos)} for a good answer and ${edge(s.kNeg / s.lambdaNeg)} for a bad one. ${weightNote(s)}`;
  }
}

function weightNote({ oldLogProb }: ClipSettings): string {
  return `The weight carries no gradient, so the objective’s slope is not the push; its value needs log π<sub>old</sub>, here ${edge(oldLogProb)}, with which no ratio above ${edge(Math.exp(-oldLogProb))} exists.`;
}
