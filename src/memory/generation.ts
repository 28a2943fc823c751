import { weightBytes } from './bytes.ts';
import type { Precision } from './settings.ts';
import { kvWidth, type ModelShape } from './shape.ts';

/** Sampling by transformers' `generate`. */
export interface Sampling {
  shape: ModelShape;
  precision: Precision;
  /** Completions that are written at once. */
  rows: number;
  prompt: number;
  completion: number;
}

/**
 * Keys and values of every layer. The last token is written, but never read. Under autocast the cache has the
 * weights' dtype, float32: the rotary tables are float32, and the values are stored like the keys.
 */
export function cacheBytes({ shape, precision, rows, prompt, completion }: Sampling): number {
  const tokens = prompt + completion - 1;
  return 2 * shape.layers * rows * tokens * kvWidth(shape) * weightBytes(precision);
}

/** A layer's keys (or values) once more, while they are copied to grow by a token. */
export const cacheGrowth = (sampling: Sampling): number => cacheBytes(sampling) / sampling.shape.layers / 2;

/** The next token's logits in float32, and once more while they become probabilities. */
export const nextLogits = ({ shape, rows }: Sampling): number => 2 * 4 * rows * shape.vocabulary;

/** The logits of all sampled tokens in float32: PPO lets go of them only when the next batch has its own. */
export const sampledLogits = ({ shape, rows, completion }: Pick<Sampling, 'shape' | 'rows' | 'completion'>) =>
  4 * rows * completion * shape.vocabulary;

/** `PPOConfig.local_rollout_forward_batch_size`, its default: PPO samples and scores so many rows at once. */
export const rolloutRows = 64;

/**
 * PPO while it samples: beside the last batch's logits those of this one, and while they are padded a copy. Then,
 * beside this batch's alone, the reference's logits of whole sequences.
 */
export function rolloutLogits(sampling: Sampling): number {
  const { shape, precision, rows, prompt, completion } = sampling;
  const sampled = sampledLogits(sampling);
  const whole =
    Math.min(rows, rolloutRows) * (prompt + completion) * shape.vocabulary * weightBytes(precision);
  return Math.max(3 * sampled, sampled + whole);
}
