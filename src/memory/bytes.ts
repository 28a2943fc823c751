import type { Method, Optimiser, Precision } from './settings.ts';

export const GiB = 2 ** 30;

/** Bytes of a number in the dtype that weights were loaded in. */
export const weightBytes = (precision: Precision): 2 | 4 => (precision === 'bfloat16' ? 2 : 4);

/** Bytes of what matrices are multiplied in: autocast makes it bfloat16 under `mixed`. */
export const computeBytes = (precision: Precision): 2 | 4 => (precision === 'float32' ? 4 : 2);

/** Bytes of one trained parameter and of its gradient; an optimiser's state has the same dtype. */
export function trainedBytes(method: Method, precision: Precision): 2 | 4 {
  if (method === 'full') return weightBytes(precision);
  // PEFT makes adapters float32 whatever the model's dtype; TRL turns them to bfloat16 on quantised weights.
  return method === 'qlora' ? 2 : 4;
}

/**
 * Bytes a parameter of a matrix in NF4 with double quantisation (QLoRA, section 3): 4 bits, a scale of 8 bits
 * for each block of 64, and a float32 for each 256 of those scales.
 */
export const nf4Bytes = 4 / 8 + 8 / 8 / 64 + 4 / (64 * 256);

/**
 * Bytes of state a trained parameter. AdamW has two moments. The 8-bit one stores a byte each and a float32 scale
 * for each block of 256.
 */
export function stateBytes(optimiser: Optimiser, trained: number): number {
  if (optimiser === 'sgd') return 0;
  return optimiser === 'adamw' ? 2 * trained : 2 * (1 + 4 / 256);
}
