import { adapterParameters } from './adapters.ts';
import { nf4Bytes, stateBytes, trainedBytes, weightBytes } from './bytes.ts';
import { hasReference, shapeOf } from './run-shape.ts';
import { type MemorySettings, targetNames } from './settings.ts';
import { parameterCount, parameterGroups } from './shape.ts';
import { profileOf } from './trainer-profiles.ts';

/** What lies in memory all the time, and the gradients, in bytes on one card. */
export interface Stored {
  weights: number;
  value: number;
  reference: number;
  reward: number;
  optimiser: number;
  /** All of them, once they are there. */
  gradients: number;
  /** What plain data parallelism copies gradients into, to send them. */
  buckets: number;
  /** Parameters that are trained. */
  trained: number;
}

/**
 * Weights, gradients and optimiser states. On several cards ZeRO divides the states (stage 1), the gradients
 * (2) and the weights (3); the bytes under DeepSpeed are those of its paper: 2 + 2 + 12 a trained parameter.
 */
export function storedBytes(settings: MemorySettings): Stored {
  const { trainer, method, rank, precision, optimiser, gpus, zero } = settings;
  const shape = shapeOf(settings.model);
  const profile = profileOf(trainer);
  const groups = parameterGroups(shape, profile.head === 'score' ? 'score' : 'language');
  const all = groups.embedding + groups.head + groups.matrices + groups.small;
  const deepspeed = zero > 0;
  const element = deepspeed ? 2 : weightBytes(precision);
  const adapters = method === 'full' ? 0 : adapterParameters(shape, rank, targetNames(settings.targets));
  const value = profile.value ? parameterCount(shape, 'score') : 0;
  const policyTrained = method === 'full' ? all : adapters + (profile.head === 'score' ? groups.head : 0);
  const each = deepspeed ? 2 : trainedBytes(method, precision);
  const valueEach = deepspeed ? 2 : weightBytes(precision);
  const base =
    method === 'qlora' ? groups.matrices * nf4Bytes + (all - groups.matrices) * element : all * element;

  const states = (count: number, bytes: number) => count * (deepspeed ? 12 : stateBytes(optimiser, bytes));
  // transformers keeps the states of embeddings at 32 bits.
  const embedding = (count: number) =>
    optimiser === 'adamw_8bit' && !deepspeed ? count * (8 - stateBytes(optimiser, 4)) : 0;
  const share = (stage: number) => (zero >= stage ? 1 / gpus : 1);
  const gradients = (policyTrained * each + value * valueEach) * share(2);
  return {
    weights: (base + adapters * each) * share(3),
    value: value * valueEach * share(3),
    reference: hasReference(settings) ? all * element * share(3) : 0,
    reward: rewardBytes(settings) * share(3),
    optimiser:
      (states(policyTrained, each) +
        states(value, valueEach) +
        (method === 'full' ? embedding(groups.embedding) : 0) +
        (profile.value ? embedding(groups.embedding) : 0)) *
      share(1),
    gradients,
    buckets: gpus > 1 && !deepspeed ? gradients : 0,
    trained: policyTrained + value,
  };
}

/** GRPO and RLOO load a reward model in its file's dtype, bfloat16 for today's; PPO is handed one. */
function rewardBytes({ trainer, model, precision, rewardModels, zero }: MemorySettings): number {
  const { rewardModels: needed, value, generates } = profileOf(trainer);
  const count = Math.max(needed, generates ? rewardModels : 0);
  const element = value && zero === 0 ? weightBytes(precision) : 2;
  return count * parameterCount(shapeOf(model), 'score') * element;
}
