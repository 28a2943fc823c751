import { deviation, mean, whiteningScale } from '../statistics.ts';

/*
 * Generalised advantage estimation (1506.02438) on one answer, as PPOTrainer of TRL 1.12.0 does it. Formulas:
 * content/distilled/ppo.py (`token_rewards`, `gae`, `whiten`), which tests hold equal to the trainer.
 */

/** One answer and what is said about it. Rewards, values and the score in units of reward. */
export interface Episode {
  /** What each token earns by itself: -κ times its log-ratio to the reference. */
  rewards: readonly number[];
  /** V before each token, and, where the answer has ended, after the last one. */
  values: readonly number[];
  /** Of the whole answer, by the reward model. */
  score: number;
  /**
   * Whether the answer has its end token, and the batch room behind it. Then there is a state after the last token,
   * and TRL puts the score there; else on the last token.
   */
  ended: boolean;
  gamma: number;
  lam: number;
  /** `PPOConfig.whiten_rewards`: rewards to variance 1, over the states, keeping their mean. */
  whitenRewards: boolean;
  /** What PPOTrainer always does, over the tokens of the batch; here the batch is this answer. */
  whitenAdvantages: boolean;
}

/** Everything by state: one a token, then the state after the end, if the answer has ended. */
export interface Estimates {
  /** With the score in its place, whitened on demand. */
  rewards: number[];
  values: number[];
  /** δ_t = r_t + γ V(s_t+1) - V(s_t). */
  deltas: number[];
  /** Â_t = δ_t + γλ Â_t+1, before whitening. */
  advantages: number[];
  /** G_t = Â_t + V(s_t), what the value model learns; never whitened. */
  returns: number[];
  /** Σ γ^l r_t+l - V(s_t): what λ = 1 gives. */
  monteCarlo: number[];
  /** What the policy's loss gets: whitened on demand, over tokens alone; 0 at the state after the end. */
  used: number[];
}

/** Rewards of each state with the score in its place, (states). */
export function placedRewards({ rewards, score, ended, whitenRewards }: Episode): number[] {
  const placed = ended
    ? [...rewards, score]
    : rewards.map((r, t) => (t === rewards.length - 1 ? r + score : r));
  if (!whitenRewards || placed.length < 2) return placed;
  const centre = mean(placed);
  const scale = whiteningScale(placed);
  return placed.map((reward) => (reward - centre) * scale + centre);
}

/** Σ_l (factor)^l x_t+l of every t, from the right. */
export function discounted(values: readonly number[], factor: number): number[] {
  const sums = [...values];
  for (let t = sums.length - 2; t >= 0; t--) sums[t] = (sums[t] ?? 0) + factor * (sums[t + 1] ?? 0);
  return sums;
}

/** All of it. `values` beyond the states are not looked at; a missing one is 0, as TRL pads. */
export function estimate(episode: Episode): Estimates {
  const { gamma, lam, whitenAdvantages } = episode;
  const rewards = placedRewards(episode);
  const values = rewards.map((_, t) => episode.values[t] ?? 0);
  const deltas = rewards.map((reward, t) => reward + gamma * (values[t + 1] ?? 0) - (values[t] ?? 0));
  const advantages = discounted(deltas, gamma * lam);
  const tokens = advantages.slice(0, episode.rewards.length);
  const whitened = whitenAdvantages && tokens.length > 1 ? whiten(tokens) : tokens;
  return {
    rewards,
    values,
    deltas,
    advantages,
    returns: advantages.map((advantage, t) => advantage + (values[t] ?? 0)),
    monteCarlo: discounted(rewards, gamma).map((sum, t) => sum - (values[t] ?? 0)),
    used: rewards.map((_, t) => whitened[t] ?? 0),
  };
}

/** Mean 0 and variance 1, the variance with n-1 below. */
function whiten(values: readonly number[]): number[] {
  const centre = mean(values);
  const scale = whiteningScale(values);
  return values.map((value) => (value - centre) * scale);
}

/** (γλ)^l of each state before `from` and of `from` itself; 0 behind it: how much of a surprise there it hears. */
export function credit(states: number, from: number, gamma: number, lam: number): number[] {
  return Array.from({ length: states }, (_, t) => (t > from ? 0 : (gamma * lam) ** (from - t)));
}

/** Tokens after which half of a surprise is left: ln ½ / ln γλ. 0 where nothing is passed on, Infinity where all. */
export function halfLife(gamma: number, lam: number): number {
  const factor = gamma * lam;
  return factor >= 1 ? Number.POSITIVE_INFINITY : Math.log(0.5) / Math.log(factor);
}

/** The values of a critic that knows what is coming: Σ γ^l r_t+l of every state. All surprises are then 0. */
export function perfectValues(episode: Episode): number[] {
  return discounted(placedRewards(episode), episode.gamma);
}

/** Whether nothing is left to whiten: all advantages alike, so that whitening gives zeros. */
export function isConstant(values: readonly number[]): boolean {
  return deviation(values) <= 1e-8;
}
