/*
 * The objective of one token against its ratio ρ = π_θ/π_old, and the push on its log-probability, for an advantage
 * A. Formulas: content/distilled/grpo.py and rloo.py, which tests hold equal to TRL 1.16.0, and ppo.py, held equal
 * to TRL 1.12.0. The other tokens of the answer stay at ratio 1, so ρ is also the product of the answer's ratios, which
 * RLOO and VESPO take, and ρ^(1/|y|) their geometric mean.
 */

/** Under the names of the controls; ε is `cliprange` of PPOConfig. */
export interface ClipSettings {
  /** `epsilon`. */
  eps: number;
  /** `epsilon_high` of a clip. */
  epsHigh: number;
  /** `delta`, at which ρ itself is cut. */
  delta: number;
  /** `epsilon` where the ratio is the whole answer's. */
  seqEps: number;
  /** Tokens of that answer; all but one stay at ratio 1. */
  tokens: number;
  /** `epsilon_high` of `cispo`: the cap on the weight. */
  cap: number;
  /** `sapo_temperature_pos`, `sapo_temperature_neg`. */
  tauPos: number;
  tauNeg: number;
  /** `vespo_k_pos`, `vespo_lambda_pos`, `vespo_k_neg`, `vespo_lambda_neg`. */
  kPos: number;
  lamPos: number;
  kNeg: number;
  lamNeg: number;
}

/** TRL's defaults, and for what has none the values of the papers. */
export const defaultClipSettings: ClipSettings = {
  eps: 0.2,
  epsHigh: 0.28,
  delta: 4,
  seqEps: 0.0003,
  tokens: 100,
  cap: 5,
  tauPos: 1,
  tauNeg: 1.05,
  kPos: 2,
  lamPos: 3,
  kNeg: 3,
  lamNeg: 2,
};

export interface ClipMethod {
  /**
   * What one step climbs, summed over the answer's tokens, less its value at ρ = 1: the function of which `push` is the derivative by log ρ. For
   * `cispo` and `vespo`, whose weights carry no gradient, it is no term of the loss but the push added up.
   */
  objective(ratio: number, advantage: number, settings: ClipSettings): number;
  /** -dL/d log π: what the token's log-probability gets from a step of unit rate. */
  push(ratio: number, advantage: number, settings: ClipSettings): number;
}

/** min(ρA, clip(ρ)A) with ρ itself at most δ; silent where the clip decides. */
function clipped(
  bounds: (settings: ClipSettings) => { low: number; high: number; most: number },
): ClipMethod {
  const value = (ratio: number, advantage: number, settings: ClipSettings) => {
    const { low, high, most } = bounds(settings);
    const inside = Math.min(high, Math.max(low, ratio));
    return Math.min(Math.min(ratio, most) * advantage, inside * advantage);
  };
  return {
    objective: (ratio, advantage, settings) =>
      value(ratio, advantage, settings) - value(1, advantage, settings),
    push: (ratio, advantage, settings) => {
      const { low, high, most } = bounds(settings);
      const free = advantage >= 0 ? ratio <= high : ratio >= low;
      return free && ratio <= most ? ratio * advantage : 0;
    },
  };
}

const noLimit = Number.POSITIVE_INFINITY;

/** The plain product ρA: importance sampling without a clip. */
const unclipped = clipped(() => ({ low: 0, high: noLimit, most: noLimit }));

/** GSPO (2507.18071): the clip on one ratio for the answer, the geometric mean of its tokens'. */
const sequence: ClipMethod = {
  objective: (ratio, advantage, { seqEps, tokens }) => {
    const mean = ratio ** (1 / tokens);
    const inside = Math.min(1 + seqEps, Math.max(1 - seqEps, mean));
    return tokens * (Math.min(mean * advantage, inside * advantage) - advantage);
  },
  push: (ratio, advantage, { seqEps, tokens }) => {
    const mean = ratio ** (1 / tokens);
    const free = advantage >= 0 ? mean <= 1 + seqEps : mean >= 1 - seqEps;
    return free ? mean * advantage : 0;
  },
};

/** CISPO (2506.13585): REINFORCE with the weight min(ρ, cap), held still. */
const cispo: ClipMethod = {
  objective: (ratio, advantage, { cap }) => {
    const below = Math.min(ratio, cap) - Math.min(1, cap);
    const above = cap * (Math.max(0, Math.log(ratio / cap)) - Math.max(0, -Math.log(cap)));
    return advantage * (below + above);
  },
  push: (ratio, advantage, { cap }) => Math.min(ratio, cap) * advantage,
};

const logistic = (z: number) => 1 / (1 + Math.exp(-z));

/** SAPO (2511.20347): a sigmoid of ρ in place of the clip. */
const sapo: ClipMethod = {
  objective: (ratio, advantage, settings) => {
    const tau = advantage > 0 ? settings.tauPos : settings.tauNeg;
    return (4 / tau) * (logistic(tau * (ratio - 1)) - 0.5) * advantage;
  },
  push: (ratio, advantage, settings) => {
    const tau = advantage > 0 ? settings.tauPos : settings.tauNeg;
    const share = logistic(tau * (ratio - 1));
    return 4 * share * (1 - share) * ratio * advantage;
  },
};

/** VESPO (2602.10693): REINFORCE with the weight φ(w) = e^λ w^k e^(-λw), held still; φ(1) = 1. */
const vespo: ClipMethod = {
  objective: (ratio, advantage, settings) => {
    const phi = weight(advantage, settings);
    return advantage * integral((log) => phi(Math.exp(log)), Math.log(ratio));
  },
  push: (ratio, advantage, settings) => weight(advantage, settings)(ratio) * advantage,
};

function weight(advantage: number, settings: ClipSettings): (ratio: number) => number {
  const k = advantage >= 0 ? settings.kPos : settings.kNeg;
  const lam = advantage >= 0 ? settings.lamPos : settings.lamNeg;
  return (ratio) => Math.exp(lam + k * Math.log(ratio) - lam * ratio);
}

/** From 0, by Simpson's rule; the integrand is smooth, and an error of 1e-6 is far below a pixel. */
function integral(f: (x: number) => number, to: number): number {
  const parts = 64;
  const step = to / parts;
  let sum = f(0) + f(to);
  for (let i = 1; i < parts; i++) sum += (i % 2 === 1 ? 4 : 2) * f(i * step);
  return (sum * step) / 3;
}

/** In the order in which they are offered. */
export const clipMethods = {
  clip: clipped(({ eps }) => ({ low: 1 - eps, high: 1 + eps, most: noLimit })),
  'clip-higher': clipped(({ eps, epsHigh }) => ({ low: 1 - eps, high: 1 + epsHigh, most: noLimit })),
  'two-sided': clipped(({ eps, delta }) => ({ low: 1 - eps, high: 1 + eps, most: delta })),
  sequence,
  cispo,
  sapo,
  vespo,
  unclipped,
} as const satisfies Record<string, ClipMethod>;

export type ClipName = keyof typeof clipMethods;

export function isClipName(name: string): name is ClipName {
  return Object.hasOwn(clipMethods, name);
}

/** The strings of `GRPOConfig.loss_type` that each stands for; `luspo` asks for a ratio a sequence. */
export const lossTypesOf: Readonly<Partial<Record<ClipName, readonly string[]>>> = {
  clip: ['grpo', 'bnpo', 'dr_grpo', 'dapo'],
  sequence: ['luspo'],
  cispo: ['cispo'],
  sapo: ['sapo'],
  vespo: ['vespo'],
};

export const clipNames = Object.keys(clipMethods).filter(isClipName);
