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

/**
 * PPO keeps the logits of all sampled tokens in float32, and while padding them twice; then, beside one copy, the
 * reference's logits of whole sequences.
 */
export function rolloutLogits({ shape, precision, rows, prompt, completion }: Sampling): number {
  const sampled = 4 * rows * completion * shape.vocabulary;
  const whole = rows * (prompt + completion) * shape.vocabulary * weightBytes(precision);
  return Math.max(2 * sampled, sampled + whole);
}
