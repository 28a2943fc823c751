import { estimate } from './estimate.ts';
import { hasReference } from './run-shape.ts';
import type { MemorySettings } from './settings.ts';
import { profileOf } from './trainer-profiles.ts';

/** One change, as its author would write it, what it saves and what it costs. */
export interface Advice {
  /** Code: `gradient_checkpointing=True`. */
  change: string;
  /** What is paid for it. */
  cost: string;
  /** Bytes at the peak. */
  saves: number;
}

interface Candidate {
  change: string | ((settings: MemorySettings) => string);
  cost: string;
  /** The settings after the change; undefined where it makes no sense. */
  apply(settings: MemorySettings): MemorySettings | undefined;
}

const half = (value: number) => Math.max(1, Math.floor(value / 2));

/** PPO is handed its models, and reads few of its config's fields. */
const isPpo = (trainer: MemorySettings['trainer']) => profileOf(trainer).value;

/** An argument of `from_pretrained`, as the trainer passes it on, or as its caller does. */
const loadedWith = (trainer: MemorySettings['trainer'], name: string, value: string) =>
  isPpo(trainer)
    ? `from_pretrained(…, ${name}="${value}") for each model`
    : `model_init_kwargs={"${name}": "${value}"}`;

const candidates: readonly Candidate[] = [
  {
    change: ({ trainer }) =>
      isPpo(trainer)
        ? 'gradient_checkpointing_enable() on the policy and on the value model'
        : 'gradient_checkpointing=True',
    cost: 'a second forward pass of every layer',
    apply: (settings) => (settings.checkpointing ? undefined : { ...settings, checkpointing: true }),
  },
  {
    change: ({ batch, accumulation }) =>
      `per_device_train_batch_size=${half(batch)}, gradient_accumulation_steps=${accumulation * 2}`,
    cost: 'the same step in twice as many passes',
    apply: (settings) =>
      settings.batch > 1 && settings.batch % 2 === 0
        ? { ...settings, batch: half(settings.batch), accumulation: settings.accumulation * 2 }
        : undefined,
  },
  {
    change: ({ trainer, prompt, completion }) =>
      profileOf(trainer).generates
        ? `${isPpo(trainer) ? 'response_length' : 'max_completion_length'}=${half(completion)}`
        : `max_length=${prompt + half(completion)}`,
    cost: 'longer completions are cut off',
    apply: (settings) =>
      settings.completion > 1 ? { ...settings, completion: half(settings.completion) } : undefined,
  },
  {
    change: 'peft_config=LoraConfig(r=16, target_modules="all-linear")',
    cost: 'fewer directions to move in; ten times the learning rate is the usual start',
    apply: (settings) =>
      settings.method === 'full'
        ? { ...settings, method: 'lora', rank: 16, targets: 'all-linear' }
        : undefined,
  },
  {
    change: 'LoRA on NF4 weights (QLoRA), bnb_4bit_use_double_quant=True',
    cost: 'weights are unpacked at every use, and rounded to 16 values',
    apply: (settings) =>
      settings.method === 'qlora' || settings.zero > 0
        ? undefined
        : { ...settings, method: 'qlora', rank: settings.method === 'lora' ? settings.rank : 16 },
  },
  {
    change: ({ trainer }) => loadedWith(trainer, 'dtype', 'bfloat16'),
    cost: 'steps smaller than a 512th of a weight are rounded away',
    apply: (settings) =>
      settings.precision === 'bfloat16' || settings.zero > 0
        ? undefined
        : { ...settings, precision: 'bfloat16' },
  },
  {
    change: 'optim="adamw_bnb_8bit"',
    cost: 'moments of 8 bits; bitsandbytes',
    apply: (settings) =>
      settings.optimiser === 'adamw' && settings.zero === 0
        ? { ...settings, optimiser: 'adamw_8bit' }
        : undefined,
  },
  {
    change: 'precompute_ref_log_probs=True',
    cost: 'a pass over the data before training; the reference can’t be synchronised',
    apply: (settings) =>
      profileOf(settings.trainer).reference === 'precomputable' && hasReference(settings)
        ? { ...settings, precompute: true }
        : undefined,
  },
  {
    change: 'beta=0.0',
    cost: 'nothing ties the policy to where it began',
    apply: (settings) =>
      profileOf(settings.trainer).reference === 'penalty' && hasReference(settings)
        ? { ...settings, penalty: false }
        : undefined,
  },
  {
    change: ({ trainer }) => loadedWith(trainer, 'attn_implementation', 'sdpa'),
    cost: 'none; it is the default',
    apply: (settings) => (settings.attention === 'eager' ? { ...settings, attention: 'sdpa' } : undefined),
  },
  {
    change: ({ miniBatches }) => `num_mini_batches=${miniBatches * 2}`,
    cost: 'twice as many optimiser steps a batch, each on half as much',
    apply: (settings) =>
      isPpo(settings.trainer) && (settings.batch * settings.accumulation) % (settings.miniBatches * 2) === 0
        ? { ...settings, miniBatches: settings.miniBatches * 2 }
        : undefined,
  },
  {
    change: 'DeepSpeed ZeRO, stage 3',
    cost: 'weights travel between the cards at every layer',
    apply: (settings) =>
      settings.gpus > 1 && settings.zero < 3 && settings.method !== 'qlora'
        ? { ...settings, zero: 3 }
        : undefined,
  },
];

/** Every single change that makes the peak smaller by a hundredth or more, the largest first. */
export function advise(settings: MemorySettings): Advice[] {
  const { total } = estimate(settings);
  return candidates
    .flatMap(({ change, cost, apply }) => {
      const changed = apply(settings);
      if (!changed) return [];
      const saves = total - estimate(changed).total;
      return saves < total / 100
        ? []
        : [{ change: typeof change === 'string' ? change : change(settings), cost, saves }];
    })
    .sort((a, b) => b.saves - a.saves);
}
