import { computeBytes, weightBytes } from './bytes.ts';
import { sampledLogits } from './generation.ts';
import type { Method, Precision } from './settings.ts';
import type { ModelShape } from './shape.ts';
import type { TrainerProfile } from './trainer-profiles.ts';

/** What the head and the loss work on. */
export interface HeadWork {
  shape: ModelShape;
  precision: Precision;
  method: Method;
  kind: TrainerProfile['head'];
  /** Sequences in the forward pass. */
  rows: number;
  /** Tokens a sequence. */
  length: number;
  /** Tokens of it that the loss looks at. */
  scored: number;
  /** Completions that were sampled at once; PPO keeps their logits. */
  sampled: number;
}

/** Bytes at the end of the forward pass, inside the head's backward pass, right after it, and at the very end. */
export interface HeadBytes {
  forward: number;
  backward: number;
  after: number;
  end: number;
}

/** Tokens and columns of a tile: `kernels/chunked_logprob.py` and `trainer/utils.py` of TRL 1.16.0. */
export const tileTokens = 4096;
export const tileColumns = 32768;

/** Memory between hidden states and loss. */
export function headBytes(work: HeadWork): HeadBytes {
  if (work.kind === 'fused') return fused(work);
  if (work.kind === 'logits') return logits(work);
  if (work.kind === 'rollout') return rollout(work);
  const scores = 4 * work.rows * work.length;
  return { forward: scores, backward: 2 * scores, after: 0, end: 0 };
}

/**
 * TRL's fused head: one tile of logits at a time, in the forward pass and again in the backward pass. Kept: the
 * scored hidden states. Made in the backward pass: their gradient in float32 and, when the head is trained, the
 * head's gradient in float32; each once more if its dtype is another.
 */
function fused({ shape, precision, method, rows, scored }: HeadWork): HeadBytes {
  const { hidden, vocabulary } = shape;
  const tokens = rows * scored;
  const tile = Math.min(tokens, tileTokens) * tileColumns * computeBytes(precision);
  // Autocast's cast of the head, a tile's rows at a time.
  const cast = precision === 'mixed' ? 2 * Math.min(vocabulary, tileColumns) * hidden : 0;
  const states = tokens * hidden * weightBytes(precision);
  const copied = weightBytes(precision) === 2 ? 6 : 4;
  const head = method === 'full' ? vocabulary * hidden : 0;
  return {
    forward: states + tile + cast,
    backward: states + tile + cast + copied * (tokens * hidden + head),
    after: weightBytes(precision) * (tokens * hidden + head),
    // A tied head waits for the embedding's gradient, which is as large.
    end: shape.tied ? head * weightBytes(precision) : 0,
  };
}

/**
 * CPO and ORPO: all logits in float32, and at the peak two more of their shifted size, where the loss's gradient
 * is summed; the likelihood of the chosen half adds its log-softmax. Measured on the CPU, to the byte.
 */
function logits({ shape, precision, rows, length }: HeadWork): HeadBytes {
  const { vocabulary } = shape;
  const all = rows * length * vocabulary;
  const shifted = rows * (length - 1) * vocabulary;
  const autocast = precision === 'mixed' ? 2 * vocabulary * shape.hidden : 0;
  return {
    forward: 4 * all + 4 * shifted + autocast,
    backward: 4 * all + 8 * shifted + 2 * shifted + autocast,
    after: 4 * rows * length * shape.hidden,
    end: 0,
  };
}

/**
 * PPO of TRL 1.12.0: the logits of the whole sequence and their gradient, once more where they are divided by the
 * temperature in place, and over the completion the log-softmax and its gradient, all in the dtype of the models.
 * All the time it also holds the logits that it sampled from.
 */
function rollout({ shape, precision, rows, length, scored, sampled }: HeadWork): HeadBytes {
  const element = weightBytes(precision);
  const all = rows * length * shape.vocabulary * element;
  const completion = rows * scored * shape.vocabulary * element;
  const held = sampledLogits({ shape, rows: sampled, completion: scored });
  return {
    forward: held + all + completion,
    backward: held + 3 * all + 2 * completion,
    // The logits of this pass stay until the step is done.
    after: held + all + element * rows * length * shape.hidden,
    end: held + all,
  };
}
