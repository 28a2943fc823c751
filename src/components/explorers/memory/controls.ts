import type { MemoryView } from '../../../explorers/memory/view.ts';
import { presets } from '../../../memory/presets.ts';
import { profileOf, trainerNames } from '../../../memory/trainer-profiles.ts';
import type { ControlMarkup } from '../control-markup.ts';

const switches = [
  ['default', 'the trainer’s default'],
  ['on', 'on'],
  ['off', 'off'],
] as const;

/** What the reader can say about a run; the element hides what changes nothing. */
export function memoryControls(controls: ControlMarkup<MemoryView>): string {
  const whole = (
    key: 'batch' | 'accumulation' | 'prompt' | 'completion' | 'rank' | 'group' | 'miniBatches',
    label: string,
    means: string,
    min: number,
    max: number,
  ) => controls.field(key, { label, means }, { min, max, step: 1 });
  return `<div class="memory-fields">
${controls.select(
  'trainer',
  { label: 'Trainer' },
  trainerNames.map((name) => [name, profileOf(name).name]),
)}
${controls.select('model', { label: 'Model' }, [
  ...presets.map(({ id, hub }) => [id, hub.slice(hub.indexOf('/') + 1)] as const),
  ['size', 'by its size'],
])}
${controls.slider('size', { label: 'Size', means: 'billions of parameters, shape interpolated' })}
${controls.select('method', { label: 'Trained' }, [
  ['full', 'all weights'],
  ['lora', 'LoRA'],
  ['qlora', 'QLoRA, 4 bits'],
])}
${whole('rank', 'r', 'LoRA rank', 1, 512)}
${controls.select('targets', { label: 'LoRA on', means: 'target_modules' }, [
  ['all-linear', 'all-linear'],
  ['q-v', 'q_proj and v_proj'],
])}
${controls.select('precision', { label: 'Precision' }, [
  ['default', 'the trainer’s default'],
  ['mixed', 'bf16=True on float32 weights'],
  ['bfloat16', 'bfloat16 weights'],
  ['float32', 'float32'],
])}
${controls.select('optimiser', { label: 'Optimiser', means: 'optim' }, [
  ['adamw', 'AdamW'],
  ['adamw_8bit', 'AdamW, 8 bits'],
  ['sgd', 'SGD'],
])}
${whole('batch', 'Batch', 'per_device_train_batch_size', 1, 1024)}
${whole('accumulation', 'Accumulation', 'gradient_accumulation_steps', 1, 1024)}
${whole('prompt', 'Prompt', 'tokens, the longest', 1, 131072)}
${whole('completion', 'Completion', 'tokens, the longest', 1, 131072)}
${whole('group', 'G', 'num_generations', 2, 256)}
${whole('miniBatches', 'Mini-batches', 'num_mini_batches', 1, 64)}
${controls.select('checkpointing', { label: 'Checkpointing', means: 'gradient_checkpointing' }, switches)}
${controls.select('attention', { label: 'Attention', means: 'attn_implementation' }, [
  ['sdpa', 'sdpa'],
  ['flash', 'FlashAttention 2'],
  ['eager', 'eager'],
])}
${controls.select('penalty', { label: 'KL penalty', means: 'beta > 0' }, switches)}
${controls.select(
  'rewardModels',
  { label: 'Reward models', means: 'of the policy’s size' },
  ['0', '1', '2', '3'].map((n) => [n, n]),
)}
${controls.slider('vllm', { label: 'vLLM', means: 'vllm_gpu_memory_utilization, colocate' })}
${controls.select(
  'gpus',
  { label: 'Cards' },
  ['1', '2', '4', '8'].map((n) => [n, n]),
)}
${controls.select('zero', { label: 'ZeRO', means: 'DeepSpeed stage' }, [
  ['0', 'none'],
  ['1', '1: states divided'],
  ['2', '2: and gradients'],
  ['3', '3: and weights'],
])}
${controls.checkbox('precompute', '<code>precompute_ref_log_probs</code>')}
<p><button type="reset">Reset</button></p>
</div>`;
}
