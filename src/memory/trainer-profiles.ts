/** How a trainer's step uses memory, read off its source in the pinned release. */
export interface TrainerProfile {
  name: string;
  config: string;
  /** Sequences in the forward pass for each row of the batch: two where a row is a pair. */
  sequences: 1 | 2;
  /**
   * What turns hidden states into the loss. `fused`: the head is applied in tiles and no logits are kept.
   * `logits`: the full logits in float32, and their gradients. `score`: one number a sequence. `rollout`: PPO.
   */
  head: 'fused' | 'logits' | 'score' | 'rollout';
  /** Whether the loss looks at completions only, so that the head skips the prompts. */
  completionsOnly: boolean;
  /** A frozen reference: never, always, unless precomputed, or only when `beta` is above 0. None with adapters. */
  reference: 'none' | 'always' | 'precomputable' | 'penalty';
  generates: boolean;
  /** A value model of the policy's size is trained beside it. */
  value: boolean;
  /** Reward models that it can't do without. */
  rewardModels: number;
  /** What the model above leaves out, for this trainer. */
  note?: string;
}

export const trainerProfiles = {
  sft: {
    name: 'SFT',
    config: 'SFTConfig',
    sequences: 1,
    head: 'fused',
    completionsOnly: false,
    reference: 'none',
    generates: false,
    value: false,
    rewardModels: 0,
    note: 'Counted as if every token were trained on. With a mask on the prompts the head has less to do.',
  },
  reward: {
    name: 'Reward',
    config: 'RewardConfig',
    sequences: 2,
    head: 'score',
    completionsOnly: false,
    reference: 'none',
    generates: false,
    value: false,
    rewardModels: 0,
  },
  dpo: {
    name: 'DPO',
    config: 'DPOConfig',
    sequences: 2,
    head: 'fused',
    completionsOnly: true,
    reference: 'precomputable',
    generates: false,
    value: false,
    rewardModels: 0,
  },
  kto: {
    name: 'KTO',
    config: 'KTOConfig',
    sequences: 1,
    head: 'fused',
    completionsOnly: true,
    reference: 'precomputable',
    generates: false,
    value: false,
    rewardModels: 0,
    note: 'The pass over the mismatched pairs, for the reference point, keeps no activations.',
  },
  orpo: {
    name: 'ORPO',
    config: 'ORPOConfig',
    sequences: 2,
    head: 'logits',
    completionsOnly: false,
    reference: 'none',
    generates: false,
    value: false,
    rewardModels: 0,
  },
  cpo: {
    name: 'CPO',
    config: 'CPOConfig',
    sequences: 2,
    head: 'logits',
    completionsOnly: false,
    reference: 'none',
    generates: false,
    value: false,
    rewardModels: 0,
  },
  grpo: {
    name: 'GRPO',
    config: 'GRPOConfig',
    sequences: 1,
    head: 'fused',
    completionsOnly: true,
    reference: 'penalty',
    generates: true,
    value: false,
    rewardModels: 0,
  },
  rloo: {
    name: 'RLOO',
    config: 'RLOOConfig',
    sequences: 1,
    head: 'fused',
    completionsOnly: true,
    reference: 'penalty',
    generates: true,
    value: false,
    rewardModels: 0,
  },
  ppo: {
    name: 'PPO',
    config: 'PPOConfig',
    sequences: 1,
    head: 'rollout',
    completionsOnly: true,
    reference: 'always',
    generates: true,
    value: true,
    rewardModels: 1,
    note: 'TRL 1.12.0. It ignores gradient_checkpointing, and with transformers 5 also bf16: weights, activations and steps have the dtype the models were loaded in, so mixed means accelerate launch --mixed_precision bf16.',
  },
} as const satisfies Record<string, TrainerProfile>;

export type TrainerName = keyof typeof trainerProfiles;

export const trainerNames: readonly TrainerName[] = [
  'sft',
  'reward',
  'dpo',
  'kto',
  'orpo',
  'cpo',
  'grpo',
  'rloo',
  'ppo',
];

export const isTrainerName = (name: string): name is TrainerName => Object.hasOwn(trainerProfiles, name);

/** The profile of a trainer, with its literal types widened. */
export const profileOf = (name: TrainerName): TrainerProfile => trainerProfiles[name];
