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

/** The cache of one layer grows by copying it; and the next token's logits in float32, twice. */
export function samplingBytes(sampling: Sampling): number {
  const { shape, rows } = sampling;
  return cacheBytes(sampling) / shape.layers / 2 + 2 * 4 * rows * shape.vocabulary;
}

/**
 * PPO keeps the logits of all sampled tokens in float32, and while padding them twice; then, beside one copy, the
 * reference's logits of whole sequences.
 */
export function rolloutLogits({ shape, precision, rows, prompt, completion }: Sampling): number {
  const sampled = 4 * rows * completion * shape.vocabulary;
  const whole = rows * (prompt + completion) * shape.vocabulary * weightBytes(precision);
  return Math.max(2 * sampled, sampled + whole);
}
