import { presets } from '../../memory/presets.ts';
import {
  attentions,
  type MemorySettings,
  methods,
  optimisers,
  precisions,
  standardSettings,
  targetChoices,
  zeroStages,
} from '../../memory/settings.ts';
import { sizeLimits } from '../../memory/sized-shape.ts';
import { profileOf, trainerNames } from '../../memory/trainer-profiles.ts';
import { choice, flag, number } from '../parameter.ts';
import type { StateSpace } from '../state.ts';

/** Left to the trainer, or set. */
const switches = ['default', 'on', 'off'] as const;
type Switch = (typeof switches)[number];
const cardCounts = [1, 2, 4, 8] as const;

/** What the reader can change. `default` is what the trainer does by itself. */
export interface MemoryView
  extends Omit<MemorySettings, 'model' | 'precision' | 'checkpointing' | 'penalty' | 'padding' | 'gpus'> {
  /** A preset's id, or `size`. */
  model: string;
  /** Billions of parameters, for `size`. */
  size: number;
  precision: 'default' | MemorySettings['precision'];
  checkpointing: Switch;
  penalty: Switch;
  gpus: (typeof cardCounts)[number];
}

const { padding: _padding, ...standard } = standardSettings;

export const memorySpace: StateSpace<MemoryView> = {
  parameters: {
    trainer: choice(trainerNames),
    model: choice([...presets.map(({ id }) => id), 'size']),
    size: number(sizeLimits[0], sizeLimits[1], { step: 0.01, logarithmic: true }),
    method: choice(methods),
    rank: number(1, 512, { step: 1, whole: true }),
    targets: choice(targetChoices),
    precision: choice(['default', ...precisions]),
    optimiser: choice(optimisers),
    batch: number(1, 1024, { step: 1, whole: true }),
    accumulation: number(1, 1024, { step: 1, whole: true }),
    prompt: number(1, 131072, { step: 1, whole: true }),
    completion: number(1, 131072, { step: 1, whole: true }),
    checkpointing: choice(switches),
    attention: choice(attentions),
    precompute: flag,
    penalty: choice(switches),
    rewardModels: choice([0, 1, 2, 3]),
    vllm: number(0, 0.95, { step: 0.05 }),
    group: number(2, 256, { step: 1, whole: true }),
    miniBatches: number(1, 64, { step: 1, whole: true }),
    gpus: choice(cardCounts),
    zero: choice(zeroStages),
  },
  standard: {
    ...standard,
    model: 'qwen2.5-0.5b',
    size: 8,
    precision: 'default',
    checkpointing: 'default',
    penalty: 'default',
    gpus: 1,
  },
  // One card has nobody to share with.
  settle: (view) => (view.gpus === 1 && view.zero > 0 ? { ...view, zero: 0 } : view),
};

/** The settings that a view stands for. */
export function settingsOf(view: MemoryView): MemorySettings {
  const { size, precision, checkpointing, penalty, model, ...given } = view;
  const { defaults } = profileOf(view.trainer);
  const chosen = (value: Switch, standard: boolean) => (value === 'default' ? standard : value === 'on');
  return {
    ...given,
    model: model === 'size' ? size : model,
    precision: precision === 'default' ? defaults.precision : precision,
    checkpointing: chosen(checkpointing, defaults.checkpointing),
    penalty: chosen(penalty, defaults.penalty),
    padding: true,
  };
}

/** Whether a control changes anything, given the others. */
export function matters(key: keyof MemoryView, view: MemoryView): boolean {
  const { reference, generates, value } = profileOf(view.trainer);
  switch (key) {
    case 'size':
      return view.model === 'size';
    case 'rank':
    case 'targets':
      return view.method !== 'full';
    case 'precompute':
      return reference === 'precomputable' && view.method === 'full';
    case 'penalty':
      return reference === 'penalty' && view.method === 'full';
    case 'rewardModels':
    case 'vllm':
    case 'group':
      return generates && !value;
    case 'miniBatches':
      return value;
    case 'zero':
      return view.gpus > 1;
    default:
      return true;
  }
}
