import { GiB } from '../../../src/memory/bytes.ts';
import { estimate } from '../../../src/memory/estimate.ts';
import { type MemorySettings, standardSettings } from '../../../src/memory/settings.ts';
import { profileOf } from '../../../src/memory/trainer-profiles.ts';

/** A run at TRL's defaults. */
export const run = (
  trainer: MemorySettings['trainer'],
  given: Partial<MemorySettings> = {},
): MemorySettings => ({ ...standardSettings, trainer, ...profileOf(trainer).defaults, ...given });

/** The columns of the guide's table of recipes. */
export const recipeRuns = [
  run('dpo'),
  run('dpo', { model: 'qwen2.5-7b' }),
  run('grpo', { model: 'qwen2.5-7b' }),
];

interface Recipe {
  change: string;
  cost: string;
  /** What the change makes of a run; undefined where the trainer has no such field. */
  apply(settings: MemorySettings): MemorySettings | undefined;
}

const recipes: readonly Recipe[] = [
  {
    change: 'LoRA: `peft_config`, r = 16 on all matrices',
    cost: 'fewer directions; another learning rate',
    apply: (settings) => ({ ...settings, method: 'lora' }),
  },
  {
    change: 'QLoRA: LoRA on NF4 weights with double quantisation',
    cost: 'unpacked at every use; values rounded',
    apply: (settings) => ({ ...settings, method: 'qlora' }),
  },
  {
    change: '`model_init_kwargs={"dtype": "bfloat16"}`',
    cost: 'updates smaller than a 512th of a weight are rounded away',
    apply: (settings) => ({ ...settings, precision: 'bfloat16' }),
  },
  {
    change: '`optim="adamw_bnb_8bit"`',
    cost: 'moments of 8 bits; needs bitsandbytes',
    apply: (settings) => ({ ...settings, optimiser: 'adamw_8bit' }),
  },
  {
    change: '`DPOConfig.precompute_ref_log_probs`',
    cost: 'a pass over the data before; it can’t follow the policy',
    apply: (settings) => (settings.trainer === 'dpo' ? { ...settings, precompute: true } : undefined),
  },
  {
    change: 'half of `DPOConfig.max_length`, `GRPOConfig.max_completion_length`',
    cost: 'what is cut off',
    apply: (settings) =>
      settings.trainer === 'dpo'
        ? { ...settings, prompt: settings.prompt / 2, completion: settings.completion / 2 }
        : { ...settings, completion: settings.completion / 2 },
  },
  {
    change: 'half of `DPOConfig.per_device_train_batch_size`, twice the accumulation',
    cost: 'twice as many passes',
    apply: (settings) => ({
      ...settings,
      batch: settings.batch / 2,
      accumulation: settings.accumulation * 2,
    }),
  },
  {
    change: '`DPOConfig.gradient_checkpointing` off, against the default',
    cost: 'saves a forward pass',
    apply: (settings) => ({ ...settings, checkpointing: false }),
  },
];

/** The rows of the table, as Markdown: what is added has a plus. */
export function recipeRows(): string[] {
  return recipes.map(({ change, cost, apply }) => {
    const cells = recipeRuns.map((settings) => {
      const changed = apply(settings);
      if (!changed) return '';
      const saves = ((estimate(settings).total - estimate(changed).total) / GiB).toFixed(2);
      return saves.startsWith('-') ? `+${saves.slice(1)}` : saves === '0.00' ? '0' : `−${saves}`;
    });
    return `| ${change} | ${cells.join(' | ')} | ${cost} |`;
  });
}
