import type { Precision } from './settings.ts';

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
  /** What its settings are unless a reader changes them: `bf16`, `gradient_checkpointing`, and whether `beta` is above 0. */
  defaults: { precision: Precision; checkpointing: boolean; penalty: boolean };
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
    defaults: { precision: 'mixed', checkpointing: true, penalty: false },
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
    defaults: { precision: 'mixed', checkpointing: true, penalty: false },
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
    defaults: { precision: 'mixed', checkpointing: true, penalty: false },
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
    defaults: { precision: 'mixed', checkpointing: true, penalty: false },
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
    defaults: { precision: 'bfloat16', checkpointing: true, penalty: false },
    note: 'Given a path, it loads the model in the dtype of its file, bfloat16 for the models here; hand it a float32 model for mixed.',
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
    defaults: { precision: 'bfloat16', checkpointing: true, penalty: false },
    note: 'Given a path, it loads the model in the dtype of its file, bfloat16 for the models here; hand it a float32 model for mixed.',
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
    defaults: { precision: 'mixed', checkpointing: true, penalty: false },
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
    defaults: { precision: 'mixed', checkpointing: true, penalty: true },
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
    defaults: { precision: 'bfloat16', checkpointing: false, penalty: true },
    note: 'TRL 1.12.0. It never acts on gradient_checkpointing (call gradient_checkpointing_enable() yourself), nor, with transformers 5, on bf16: the models stay in the dtype they were loaded in, bfloat16 for the files here; mixed means float32 models under accelerate launch --mixed_precision bf16.',
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
