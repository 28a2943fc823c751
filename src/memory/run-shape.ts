import { presets } from './presets.ts';
import type { MemorySettings } from './settings.ts';
import type { ModelShape } from './shape.ts';
import { shapeOfSize } from './sized-shape.ts';
import { profileOf, type TrainerProfile } from './trainer-profiles.ts';

/** A run's sequences: what goes through the model at once. */
export interface RunShape {
  shape: ModelShape;
  profile: TrainerProfile;
  /** Sequences in a forward pass with gradients. */
  rows: number;
  /** Tokens a sequence. */
  length: number;
  /** Tokens a sequence that the loss looks at. */
  scored: number;
  /** Completions that are sampled at once on one card. */
  sampled: number;
  /** Whether gradients of an earlier micro-batch are there during the forward pass. */
  accumulating: boolean;
}

/** The shape of a preset, or an interpolated one. Throws for an id that is no preset's. */
export function shapeOf(model: MemorySettings['model']): ModelShape {
  if (typeof model === 'object') return model;
  if (typeof model === 'number') return shapeOfSize(model);
  const preset = presets.find(({ id }) => id === model);
  if (!preset) throw new Error(`shapeOf: expected the id of a preset, found "${model}"`);
  return preset;
}

/** What of a run's settings decides on sizes. */
export function runShape(settings: MemorySettings): RunShape {
  const { trainer, batch, accumulation, prompt, completion, miniBatches } = settings;
  const profile = profileOf(trainer);
  const length = prompt + completion;
  // PPO cuts what it sampled into mini-batches, and those into micro-batches of at most the device's size.
  const rows =
    profile.head === 'rollout' ? Math.min(batch, Math.ceil((batch * accumulation) / miniBatches)) : batch;
  return {
    shape: shapeOf(settings.model),
    profile,
    rows: rows * profile.sequences,
    length,
    scored: profile.completionsOnly ? completion : length - 1,
    sampled: profile.generates ? batch * accumulation : 0,
    accumulating: accumulation > 1,
  };
}

/** Whether a frozen copy of the policy lies in memory. With adapters the policy without them is the reference. */
export function hasReference({ trainer, method, precompute, penalty }: MemorySettings): boolean {
  const { reference } = profileOf(trainer);
  if (method !== 'full' || reference === 'none') return false;
  if (reference === 'precomputable') return !precompute;
  return reference === 'always' || penalty;
}
