/** What a decoder-only model with gated MLP and grouped-query attention is made of; the names of its config.json. */
export interface ModelShape {
  /** Which weights beside the matrices: qwen2 has biases at q, k, v; qwen3 normalises q and k; llama neither. */
  family: 'qwen2' | 'qwen3' | 'llama';
  /** `num_hidden_layers` */
  layers: number;
  /** `hidden_size` */
  hidden: number;
  /** `num_attention_heads` */
  heads: number;
  /** `num_key_value_heads` */
  kvHeads: number;
  /** `head_dim`, or hidden / heads where the config has none. */
  headDim: number;
  /** `intermediate_size` */
  intermediate: number;
  /** `vocab_size` */
  vocabulary: number;
  /** `tie_word_embeddings`: the head is the embedding. */
  tied: boolean;
}

/** What stands on top: a language model's head, or one number a token (`num_labels=1`). */
export type HeadKind = 'language' | 'score';

/** A matrix of every layer. */
export interface Linear {
  name: LinearName;
  inputs: number;
  outputs: number;
  bias: boolean;
}

export const linearNames = [
  'q_proj',
  'k_proj',
  'v_proj',
  'o_proj',
  'gate_proj',
  'up_proj',
  'down_proj',
] as const;
export type LinearName = (typeof linearNames)[number];

/** Width of all query heads together. */
export const queryWidth = ({ heads, headDim }: ModelShape): number => heads * headDim;
/** Width of all key heads together; that of the values too. */
export const kvWidth = ({ kvHeads, headDim }: ModelShape): number => kvHeads * headDim;

/** The seven matrices of a layer, in the order of a forward pass. */
export function linears(shape: ModelShape): Linear[] {
  const { family, hidden, intermediate } = shape;
  const [q, kv] = [queryWidth(shape), kvWidth(shape)];
  const linear = (name: LinearName, inputs: number, outputs: number, bias = false): Linear => ({
    name,
    inputs,
    outputs,
    bias,
  });
  return [
    linear('q_proj', hidden, q, family === 'qwen2'),
    linear('k_proj', hidden, kv, family === 'qwen2'),
    linear('v_proj', hidden, kv, family === 'qwen2'),
    linear('o_proj', q, hidden),
    linear('gate_proj', hidden, intermediate),
    linear('up_proj', hidden, intermediate),
    linear('down_proj', intermediate, hidden),
  ];
}

/** Parameters by what treats them alike: quantisation takes the matrices of layers, and nothing else. */
export interface ParameterGroups {
  embedding: number;
  /** 0 when tied. */
  head: number;
  /** Weights of the seven matrices, all layers. */
  matrices: number;
  /** Norms and biases. */
  small: number;
}

/** Counts every parameter; tests hold the sum to `numel` of transformers' models, to the last one. */
export function parameterGroups(shape: ModelShape, head: HeadKind = 'language'): ParameterGroups {
  const { layers, hidden, vocabulary, family, headDim, tied } = shape;
  const all = linears(shape);
  const biases = all.reduce((sum, { bias, outputs }) => sum + (bias ? outputs : 0), 0);
  const norms = 2 * hidden + (family === 'qwen3' ? 2 * headDim : 0);
  const languageHead = tied ? 0 : vocabulary * hidden;
  return {
    embedding: vocabulary * hidden,
    head: head === 'language' ? languageHead : hidden,
    matrices: layers * all.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0),
    small: layers * (biases + norms) + hidden,
  };
}

/** All parameters of a model. */
export function parameterCount(shape: ModelShape, head: HeadKind = 'language'): number {
  const { embedding, head: top, matrices, small } = parameterGroups(shape, head);
  return embedding + top + matrices + small;
}
