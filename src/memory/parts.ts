/** What fills the card. */
export const partNames = [
  'weights',
  'value',
  'reference',
  'reward',
  'gradients',
  'optimiser',
  'casts',
  'activations',
  'logits',
  'cache',
  'overhead',
] as const;
export type PartName = (typeof partNames)[number];

/** When. A step is at its fullest at one of these; in between, what shrinks and what grows do so layer by layer. */
export const momentNames = ['generate', 'forward', 'head', 'layers', 'end'] as const;
export type MomentName = (typeof momentNames)[number];

/** Bytes of every part at one moment. */
export type Moment = Readonly<Record<PartName, number>>;

/** What a part is called, and in a clause what it holds. */
export const partLabels: Readonly<Record<PartName, { name: string; holds: string }>> = {
  weights: { name: 'Weights', holds: 'the policy, with adapters if there are any' },
  value: { name: 'Value model', holds: 'the weights of the model that PPO trains beside the policy' },
  reference: { name: 'Reference', holds: 'the frozen copy of the policy' },
  reward: { name: 'Reward models', holds: 'frozen judges of the policy’s size' },
  gradients: { name: 'Gradients', holds: 'one number for each trained parameter' },
  optimiser: { name: 'Optimiser', holds: 'its state, two moments for AdamW' },
  casts: { name: 'Casts of weights', holds: 'copies that autocast or dequantisation makes' },
  activations: { name: 'Activations', holds: 'what the backward pass needs of the forward pass' },
  logits: { name: 'Logits and head', holds: 'from hidden states to the loss' },
  cache: { name: 'KV cache', holds: 'keys and values while sampling' },
  overhead: { name: 'CUDA context', holds: 'kernels and libraries: a rule of thumb' },
};

export const momentLabels: Readonly<Record<MomentName, string>> = {
  generate: 'while it samples',
  forward: 'at the end of the forward pass',
  head: 'when the backward pass goes through the head',
  layers: 'when the backward pass reaches the last layer',
  end: 'at the end of the backward pass',
};

/** All parts of a moment together. */
export const sumOf = (moment: Moment): number => partNames.reduce((sum, name) => sum + moment[name], 0);
