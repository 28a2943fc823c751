import { sigmoid } from '../logistic.ts';

/*
 * What policy-gradient trainers make of the ratio ρ = π_θ / π_old of one token, while the other tokens of its
 * answer stay at ratio 1. Formulas: content/distilled/grpo.py, ppo.py and rloo.py, which tests hold equal to
 * TRL's trainers (GRPO and RLOO: 1.16.0, PPO: 1.12.0).
 */

/** What the objectives depend on besides the ratio and the advantage. */
export interface ClipSettings {
  /** `GRPOConfig.epsilon`, `RLOOConfig.epsilon`, PPO's `cliprange`. */
  epsilon: number;
  /** `GRPOConfig.epsilon_high` of a clipped loss. */
  epsilonHigh: number;
  /** `GRPOConfig.delta`. */
  delta: number;
  /** `GRPOConfig.epsilon_high` of `cispo`: the cap itself. */
  cap: number;
  /** `GRPOConfig.epsilon` where the ratio is that of the whole answer. */
  sequenceEpsilon: number;
  /** Tokens of the answer. */
  tokens: number;
  /** `sapo_temperature_pos` and `sapo_temperature_neg`. */
  tauPos: number;
  tauNeg: number;
  /** `vespo_k_pos` … `vespo_lambda_neg`. */
  kPos: number;
  lambdaPos: number;
  kNeg: number;
  lambdaNeg: number;
  /** log π_old of the token, in nats, at most 0. */
  oldLogProb: number;
}

/** A token's objective (minus its loss), and the push on its log-probability. */
export interface TokenValue {
  /** NaN where the token's probability would exceed 1, if the objective holds its logarithm. */
  objective: number;
  /** Minus the derivative of the answer's summed loss by log π of the token, a nat. */
  push: number;
}

/** An objective of the ratio, above 0, for an advantage that is not 0. */
export type Objective = (ratio: number, advantage: number, settings: ClipSettings) => TokenValue;

/** The lesser of ρA and its clipped twin, which carries no gradient; its slope by log ρ is `slope`. */
function clipped(ratio: number, advantage: number, low: number, high: number, slope: number): TokenValue {
  const free = ratio * advantage;
  const held = Math.min(high, Math.max(low, ratio)) * advantage;
  return free <= held ? { objective: free, push: slope * advantage } : { objective: held, push: 0 };
}

/** A weight without a gradient in front of A log π. */
function weighted(weight: number, ratio: number, advantage: number, oldLogProb: number): TokenValue {
  const logProb = oldLogProb + Math.log(ratio);
  const objective = logProb > 0 ? Number.NaN : weight * advantage * logProb;
  return { objective, push: weight * advantage };
}

export const unclipped: Objective = (ratio, advantage) => ({
  objective: ratio * advantage,
  push: ratio * advantage,
});

/** PPO (1707.06347), eq. 7. */
export const clip: Objective = (ratio, advantage, { epsilon }) =>
  clipped(ratio, advantage, 1 - epsilon, 1 + epsilon, ratio);

/** DAPO (2503.14476): a wider upper edge. */
export const clipHigher: Objective = (ratio, advantage, { epsilon, epsilonHigh }) =>
  clipped(ratio, advantage, 1 - epsilon, 1 + epsilonHigh, ratio);

/** INTELLECT-2 (2505.07291): the ratio itself is cut at δ before the minimum, and has no gradient above. */
export const twoSided: Objective = (ratio, advantage, { epsilon, delta }) => {
  const held = Math.min(1 + epsilon, Math.max(1 - epsilon, ratio)) * advantage;
  const free = Math.min(ratio, delta) * advantage;
  if (free > held) return { objective: held, push: 0 };
  return { objective: free, push: ratio <= delta ? ratio * advantage : 0 };
};

/** GSPO (2507.18071): one ratio for the answer, the geometric mean of its tokens'. */
export const sequence: Objective = (ratio, advantage, { sequenceEpsilon, tokens }) => {
  const mean = ratio ** (1 / tokens);
  return clipped(mean, advantage, 1 - sequenceEpsilon, 1 + sequenceEpsilon, mean);
};

/** CISPO (2506.13585): REINFORCE with a capped weight. */
export const cispo: Objective = (ratio, advantage, { cap, oldLogProb }) =>
  weighted(Math.min(ratio, cap), ratio, advantage, oldLogProb);

/** SAPO (2511.20347): a sigmoid in place of the clip. */
export const sapo: Objective = (ratio, advantage, { tauPos, tauNeg }) => {
  const tau = advantage > 0 ? tauPos : tauNeg;
  const gate = sigmoid(tau * (ratio - 1));
  return {
    objective: (4 / tau) * gate * advantage,
    push: 4 * gate * sigmoid(-tau * (ratio - 1)) * ratio * advantage,
  };
};

/** VESPO (2602.10693): REINFORCE, weighted by φ of the product of the answer's ratios: here ρ. */
export const vespo: Objective = (ratio, advantage, { kPos, lambdaPos, kNeg, lambdaNeg, oldLogProb }) => {
  const [k, lambda] = advantage >= 0 ? [kPos, lambdaPos] : [kNeg, lambdaNeg];
  const weight = Math.exp(lambda + k * Math.log(ratio) - lambda * ratio);
  return weighted(weight, ratio, advantage, oldLogProb);
};
