import { divergence, meanUnder } from './distributions.ts';

/** Estimators of KL(π ‖ π_ref) from tokens that π has written, by the names of Schulman's note. */
export const estimators = ['k1', 'k2', 'k3'] as const;
export type Estimator = (typeof estimators)[number];

/** What a token of log-ratio ℓ = log π - log π_ref, in nats, says about the KL (`content/distilled/ppo.py`). */
export function estimate(kind: Estimator, logRatio: number): number {
  switch (kind) {
    case 'k1':
      return logRatio;
    case 'k2':
      return logRatio ** 2 / 2;
    case 'k3':
      return Math.expm1(-logRatio) + logRatio;
  }
}

/** The derivative of an estimate by ℓ, the token held: what autograd sees when the estimate is a loss. */
export function slope(kind: Estimator, logRatio: number): number {
  switch (kind) {
    case 'k1':
      return 1;
    case 'k2':
      return logRatio;
    case 'k3':
      return -Math.expm1(-logRatio);
  }
}

/** How an estimator does over all tokens, under π. */
export interface Quality {
  mean: number;
  /** mean - KL. */
  bias: number;
  /** The standard deviation of one token's estimate. */
  deviation: number;
}

export function qualityOf(kind: Estimator, logPi: readonly number[], logRef: readonly number[]): Quality {
  const values = logRatios(logPi, logRef).map((logRatio) => estimate(kind, logRatio));
  const mean = meanUnder(logPi, values);
  const variance = meanUnder(
    logPi,
    values.map((value) => (value - mean) ** 2),
  );
  const bias = kind === 'k2' ? mean - divergence(logPi, logRef) : 0;
  return { mean, bias, deviation: Math.sqrt(variance) };
}

/** The root mean square of the error when the estimates of `samples` tokens are averaged. */
export function errorOfMean({ bias, deviation }: Quality, samples: number): number {
  return Math.hypot(bias, deviation / Math.sqrt(samples));
}

export function logRatios(logPi: readonly number[], logRef: readonly number[]): number[] {
  return logPi.map((pi, i) => pi - (logRef[i] ?? 0));
}

/** How an estimate can steer training: differentiated in the loss, or as a number in the reward. */
export const uses = [
  'k1 in the reward',
  'k3 in the reward',
  'k1 in the loss',
  'k2 in the loss',
  'k3 in the loss',
  'ρ·k3 in the loss',
] as const;
export type Use = (typeof uses)[number];

/**
 * The mean gradient by the logits of π that a use gives, each sample drawn from π. All have the form
 * E[w ∇log π], and ∇log π(y) by the logits is the indicator of y minus π. What differs is w: the estimate itself
 * in the reward, its slope in the loss, both where the ratio ρ = π/sg(π) multiplies it.
 */
export function gradientOf(use: Use, logPi: readonly number[], logRef: readonly number[]): number[] {
  return weighted(
    logPi,
    logRatios(logPi, logRef).map((logRatio) => weightOf(use, logRatio)),
  );
}

function weightOf(use: Use, logRatio: number): number {
  switch (use) {
    case 'k1 in the reward':
      return estimate('k1', logRatio);
    case 'k3 in the reward':
      return estimate('k3', logRatio);
    case 'k1 in the loss':
      return slope('k1', logRatio);
    case 'k2 in the loss':
      return slope('k2', logRatio);
    case 'k3 in the loss':
      return slope('k3', logRatio);
    case 'ρ·k3 in the loss':
      return estimate('k3', logRatio) + slope('k3', logRatio);
  }
}

/** The gradient of KL(π ‖ π_ref) by the logits of π: π (ℓ - KL). */
export function gradientOfKl(logPi: readonly number[], logRef: readonly number[]): number[] {
  return weighted(logPi, logRatios(logPi, logRef));
}

/** The gradient of KL(π_ref ‖ π), the arguments exchanged: π - π_ref. */
export function gradientOfForwardKl(logPi: readonly number[], logRef: readonly number[]): number[] {
  return logPi.map((pi, i) => Math.exp(pi) - Math.exp(logRef[i] ?? 0));
}

function weighted(logPi: readonly number[], weights: readonly number[]): number[] {
  const mean = meanUnder(logPi, weights);
  return logPi.map((pi, i) => Math.exp(pi) * ((weights[i] ?? 0) - mean));
}

/** The cosine of the angle between two gradients; NaN where one has no direction. */
export function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((total, value, i) => total + value * (b[i] ?? 0), 0);
  return length(a) < 1e-12 || length(b) < 1e-12 ? Number.NaN : dot / (length(a) * length(b));
}

export function length(vector: readonly number[]): number {
  return Math.hypot(...vector);
}
