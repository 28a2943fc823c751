import { standardPreset } from './presets.ts';
import { type LinearName, linearNames, type ModelShape } from './shape.ts';
import type { TrainerName } from './trainer-profiles.ts';

export const methods = ['full', 'lora', 'qlora'] as const;
/** What is trained: all weights, adapters, or adapters on weights of 4 bits. */
export type Method = (typeof methods)[number];

export const precisions = ['mixed', 'bfloat16', 'float32'] as const;
/**
 * `mixed`: weights in float32, matrices multiplied in bfloat16 (`bf16=True`, TRL's default). `bfloat16`: the
 * weights too (`model_init_kwargs={"dtype": "bfloat16"}`). `float32`: `bf16=False`.
 */
export type Precision = (typeof precisions)[number];

export const optimisers = ['adamw', 'adamw_8bit', 'sgd'] as const;
export type Optimiser = (typeof optimisers)[number];

export const attentions = ['sdpa', 'flash', 'eager'] as const;
/** `attn_implementation`; `flash` stands for FlashAttention 2, which takes no mask. */
export type Attention = (typeof attentions)[number];

export const targetChoices = ['all-linear', 'q-v'] as const;
/** LoRA's `target_modules`: every matrix of a layer, or PEFT's default for these families. */
export type Targets = (typeof targetChoices)[number];

export const zeroStages = [0, 1, 2, 3] as const;
export type ZeroStage = (typeof zeroStages)[number];

/** One training run, as far as memory depends on it. */
export interface MemorySettings {
  trainer: TrainerName;
  /** A preset's id, billions of parameters for an interpolated shape, or a shape. */
  model: string | number | ModelShape;
  method: Method;
  /** LoRA's `r`. */
  rank: number;
  targets: Targets;
  precision: Precision;
  optimiser: Optimiser;
  /** `per_device_train_batch_size`: rows of the data set, pairs for a trainer of pairs, completions for one that samples. */
  batch: number;
  /** `gradient_accumulation_steps` */
  accumulation: number;
  /** Tokens of the longest prompt. */
  prompt: number;
  /** Tokens of the longest completion. */
  completion: number;
  /** `gradient_checkpointing` */
  checkpointing: boolean;
  attention: Attention;
  /** Whether rows of a batch differ in length, so that some are padded. */
  padding: boolean;
  /** `precompute_ref_log_probs`, where the trainer has it. */
  precompute: boolean;
  /** A penalty for leaving the reference: `beta` above 0, for trainers that go without at 0. */
  penalty: boolean;
  /** Frozen reward models beside the policy, each of its shape; functions cost nothing. */
  rewardModels: number;
  /** Share of the card that vLLM takes in colocate mode, `vllm_gpu_memory_utilization`; 0: transformers generates. */
  vllm: number;
  /** `num_generations`: completions a prompt. They are counted in `batch`; the group only has to divide what is sampled. */
  group: number;
  /** PPO's `num_mini_batches`. */
  miniBatches: number;
  /** Cards that share the batch. */
  gpus: number;
  /** DeepSpeed's stage; 0 is plain data parallelism. */
  zero: ZeroStage;
}

/** The matrices that get adapters. */
export function targetNames(targets: Targets): readonly LinearName[] {
  return targets === 'q-v' ? ['q_proj', 'v_proj'] : linearNames;
}

/** TRL's defaults, for a run of its trainer on one card. */
export const standardSettings: MemorySettings = {
  trainer: 'dpo',
  model: standardPreset,
  method: 'full',
  rank: 16,
  targets: 'all-linear',
  precision: 'mixed',
  optimiser: 'adamw',
  batch: 8,
  accumulation: 1,
  prompt: 512,
  completion: 512,
  checkpointing: true,
  attention: 'sdpa',
  padding: true,
  precompute: false,
  penalty: false,
  rewardModels: 0,
  vllm: 0,
  group: 8,
  miniBatches: 1,
  gpus: 1,
  zero: 0,
};
