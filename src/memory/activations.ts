import { computeBytes, weightBytes } from './bytes.ts';
import type { Attention, Method, Precision } from './settings.ts';
import { kvWidth, type LinearName, linears, type ModelShape, queryWidth } from './shape.ts';

/** One forward pass with gradients. */
export interface ForwardPass {
  shape: ModelShape;
  precision: Precision;
  method: Method;
  rank: number;
  targets: readonly LinearName[];
  attention: Attention;
  /** Sequences. */
  rows: number;
  /** Tokens a sequence, padding included. */
  length: number;
  /** Whether some row is padded: then sdpa gets a mask, and keys and values repeated for each query head. */
  padded: boolean;
}

/** Bytes that autograd keeps between forward and backward, without any weight or copy of one. */
export interface KeptActivations {
  /** What one layer keeps. */
  layer: number;
  /** What one layer keeps under gradient checkpointing: its input. */
  checkpoint: number;
  /** What a layer adds while it is computed again from its input. */
  again: number;
  /** Outside of the layers: the last norm's input and the token ids. */
  rest: number;
  /** The rotary tables, which a checkpointed layer is handed and does not keep. */
  tables: number;
}

/**
 * Counts what transformers' Qwen2, Qwen3 and Llama keep for the backward pass; a test compares every term with
 * the tensors that PyTorch saves. RMSNorm works in float32 whatever the weights; a frozen matrix does not keep its
 * input; under autocast every matrix keeps a bfloat16 copy of its own.
 */
export function keptActivations(pass: ForwardPass): KeptActivations {
  const { shape, precision, method, rows, length } = pass;
  const tokens = rows * length;
  const residual = weightBytes(precision);
  const layer = tokens * (norms(pass) + inputs(pass) + attentionBytes(pass) + mlp(pass)) + scores(pass);
  const checkpoint = tokens * shape.hidden * residual;
  return {
    layer,
    checkpoint,
    // In float32 the first norm keeps the very input that is the checkpoint.
    again: residual === 4 ? layer - checkpoint : layer,
    rest: tokens * finalNorm(pass) + (method === 'full' ? 8 * tokens : 0),
    tables: 2 * length * shape.headDim * residual,
  };
}

/** A norm's input and 1/rms in float32; what its weight multiplies is kept only when the weight is trained. */
function normBytes({ method, precision }: ForwardPass): { width: number; row: number } {
  const scaled = precision === 'float32' ? 4 : precision === 'mixed' ? 4 : 2;
  return { width: 4 + (method === 'full' ? scaled : 0), row: 4 };
}

function norms(pass: ForwardPass): number {
  const { shape, precision, method } = pass;
  const { width, row } = normBytes(pass);
  // Of q and k: what comes out of a matrix is in the compute dtype.
  const inner = 4 + (method === 'full' ? computeBytes(precision) : 0);
  const perHead =
    shape.family === 'qwen3'
      ? inner * (queryWidth(shape) + kvWidth(shape)) + row * (shape.heads + shape.kvHeads)
      : 0;
  return 2 * (width * shape.hidden + row) + perHead;
}

function finalNorm(pass: ForwardPass): number {
  const { width, row } = normBytes(pass);
  return width * pass.shape.hidden + row;
}

/** What the matrices keep of their inputs, o_proj's and down_proj's left out where attention and MLP keep the same. */
function inputs({ shape, precision, method, rank, targets }: ForwardPass): number {
  const element = computeBytes(precision);
  const all = linears(shape);
  const adapted = all.filter(({ name }) => targets.includes(name));
  if (method === 'full') {
    // q, k, v share one input and gate, up another, unless autocast copies it for each.
    const copies = precision === 'mixed' ? 5 : 2;
    return copies * shape.hidden * element;
  }
  const ranks = adapted.length * rank * element;
  if (precision === 'float32') {
    const has = (...names: LinearName[]) => names.some((name) => targets.includes(name));
    const shared = Number(has('q_proj', 'k_proj', 'v_proj')) + Number(has('gate_proj', 'up_proj'));
    return shared * shape.hidden * element + ranks;
  }
  // A float32 adapter casts its input up, autocast casts it down again: each keeps a copy.
  return (
    adapted.reduce((sum, { name, inputs }) => sum + (name === 'down_proj' ? 0 : inputs), 0) * element + ranks
  );
}

/** q, k, v and the output; and a float32 a head and token, with which the kernels rebuild the softmax. */
function attentionBytes(pass: ForwardPass): number {
  const { shape, precision, attention, padded } = pass;
  const element = computeBytes(precision);
  // Eager repeats keys and values always, and its output is kept by o_proj alone.
  if (attention === 'eager') return element * queryWidth(shape) * (3 + Number(sharesOutput(pass)));
  const kv = attention === 'sdpa' && padded ? queryWidth(shape) : kvWidth(shape);
  return element * (2 * queryWidth(shape) + 2 * kv) + 4 * shape.heads;
}

/** Whether o_proj, or its adapter, keeps the attention's output as it is, and no copy. */
function sharesOutput({ method, precision, targets }: ForwardPass): boolean {
  return method === 'full' || (precision === 'float32' && targets.includes('o_proj'));
}

/** Whatever grows with the square of the length, for all rows. */
function scores({ shape, precision, attention, padded, rows, length }: ForwardPass): number {
  const element = computeBytes(precision);
  const square = rows * length * length;
  // The softmax in float32, and under bfloat16 its copy that meets the values.
  if (attention === 'eager') return square * shape.heads * (element === 4 ? 4 : 4 + element);
  // The mask, as numbers, for each layer anew.
  return attention === 'sdpa' && padded ? square * element : 0;
}

/** gate, silu(gate), up, and their product if down_proj or its adapter needs it. */
function mlp({ shape, precision, method, targets }: ForwardPass): number {
  const product = method === 'full' || targets.includes('down_proj') ? 1 : 0;
  return computeBytes(precision) * (3 + product) * shape.intermediate;
}
