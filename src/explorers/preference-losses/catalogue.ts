import { formatNumber } from '../../figures/number.ts';
import type { Dash, Look, Tone } from '../../figures/panel.ts';
import { dpoLosses, type LossSettings, type PreferenceLoss, referenceLoss } from './dpo-losses.ts';
import { siblingLosses } from './sibling-losses.ts';

const losses = { ...dpoLosses, ...siblingLosses };

/** A string of `DPOConfig.loss_type`, or a sibling of DPO. */
export type LossName = keyof typeof losses;

export const lossNames = Object.keys(losses).filter(isLossName);

export function isLossName(name: string): name is LossName {
  return Object.hasOwn(losses, name);
}

export function lossOf(name: LossName): PreferenceLoss {
  return losses[name];
}

/** Curves that belong together, in the order in which they are offered. */
export const lossGroups: readonly { title: string; losses: readonly LossName[] }[] = [
  {
    title: 'Over the margin',
    losses: ['sigmoid', 'hinge', 'robust', 'exo_pair', 'discopop', 'aot', 'aot_unpaired'],
  },
  { title: 'Margin per token', losses: ['ipo', 'sigmoid_norm'] },
  {
    title: 'Answers judged apart',
    losses: ['nca_pair', 'bco_pair', 'apo_zero', 'apo_down', 'sppo_hard', 'sft'],
  },
  { title: 'Siblings of DPO', losses: ['kto', 'simpo', 'cpo', 'orpo'] },
];

/** A curve looks the same wherever it is drawn; no two look alike, in colour or without. */
const looks: Record<LossName, readonly [Tone, Dash]> = {
  sigmoid: [1, 0],
  hinge: [2, 1],
  robust: [3, 3],
  exo_pair: [4, 4],
  discopop: [5, 4],
  aot: [6, 1],
  aot_unpaired: [6, 2],
  ipo: [3, 0],
  sigmoid_norm: [1, 2],
  nca_pair: [4, 3],
  bco_pair: [2, 3],
  apo_zero: [3, 2],
  apo_down: [2, 2],
  sppo_hard: [5, 0],
  sft: [6, 0],
  kto: [1, 3],
  simpo: [4, 0],
  cpo: [5, 1],
  orpo: [2, 0],
};

export function lookOf(name: LossName): Look {
  const [tone, dash] = looks[name];
  return { tone, dash };
}

const cent = (value: number) => formatNumber(Number(value.toFixed(2)), 6);

/** What a reader must know to read the curve under these settings; undefined when there is nothing. */
export function noteOn(name: LossName, settings: LossSettings): string | undefined {
  const { beta, labelSmoothing, chosenTokens, simpoGamma, z0 } = settings;
  const end = referenceLoss * 2 * chosenTokens;
  switch (name) {
    case 'exo_pair':
      return labelSmoothing === 0
        ? 'is infinite without label smoothing, and TRL refuses it: raise ε.'
        : `has its minimum at ${cent(Math.log((1 - labelSmoothing) / labelSmoothing) / beta)} nats.`;
    case 'robust':
      return labelSmoothing === 0 ? 'equals sigmoid without label smoothing: raise ε.' : undefined;
    case 'aot':
    case 'aot_unpaired':
      return 'sorts the batch; this is a batch of one, where it is the smoothed sigmoid.';
    case 'ipo':
      return `has its target 1/(2β) per token: here a margin of ${cent(chosenTokens / (2 * beta))} nats.`;
    case 'sppo_hard':
      return `has its targets at ±1/(2β): here a margin of ${cent(1 / beta)} nats.`;
    case 'sft':
      return `sees the chosen answer alone. The reference is taken to lose ${referenceLoss} nat per token, so no margin above ${end} exists.`;
    case 'kto':
      return z0 === 0
        ? 'takes the pair as two examples. With its reference point z₀ at 0 it is half of apo_zero.'
        : `takes the pair as two examples. Each is pushed hardest where its log-ratio is z₀ = ${cent(z0)} nats: here the chosen answer at a margin of ${cent(2 * z0)}, the rejected one at ${cent(-2 * z0)}.`;
    case 'simpo':
      return `asks the margin per token to exceed γ/β: here a margin of ${cent((simpoGamma * chosenTokens) / beta)} nats. It has no reference: drawn as if the reference found both answers equally likely per token. In TRL set cpo_alpha to 0, or the chosen answer’s likelihood joins in.`;
    case 'cpo':
    case 'orpo':
      return `has no reference: drawn as if the reference lost ${referenceLoss} nat on each token of both answers, so no margin above ${end} exists.`;
    default:
      return undefined;
  }
}
