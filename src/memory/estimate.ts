import { type ForwardPass, keptActivations } from './activations.ts';
import { adapterParameters } from './adapters.ts';
import { computeBytes, GiB } from './bytes.ts';
import { cacheBytes, cacheGrowth, nextLogits, rolloutLogits, rolloutRows } from './generation.ts';
import { headBytes } from './head.ts';
import { type Moment, type MomentName, momentNames, sumOf } from './parts.ts';
import { type RunShape, runShape } from './run-shape.ts';
import { type MemorySettings, targetNames } from './settings.ts';
import { linears, parameterGroups } from './shape.ts';
import { type Stored, storedBytes } from './stored.ts';

/** CUDA's context and libraries on one card, in bytes: a rule of thumb, not measured here. */
export const contextBytes = 0.75 * GiB;

/** What a run needs on each card. */
export interface Estimate {
  run: RunShape;
  stored: Stored;
  /** Trainers that sample have `generate`. */
  moments: Readonly<Partial<Record<MomentName, Moment>>>;
  /** The fullest moment. */
  peak: MomentName;
  /** Bytes at the peak. */
  total: number;
}

/** Memory of a training step by part, at each of its moments. Throws when the model is unknown. */
export function estimate(given: MemorySettings): Estimate {
  // DeepSpeed makes the model bfloat16; the float32 copy of its optimiser is among the states.
  const settings: MemorySettings =
    given.zero > 0 && given.precision === 'mixed' ? { ...given, precision: 'bfloat16' } : given;
  const run = runShape(settings);
  const stored = storedBytes(settings);
  const moments = { ...trainingMoments(settings, run, stored), ...sampling(settings, run, stored) };
  const peak = momentNames.reduce<MomentName>(
    (best, name) => (bytesAt(moments, name) > bytesAt(moments, best) ? name : best),
    'forward',
  );
  return { run, stored, moments, peak, total: bytesAt(moments, peak) };
}

function bytesAt(moments: Estimate['moments'], name: MomentName): number {
  const moment = moments[name];
  return moment ? sumOf(moment) : 0;
}

/** What is there whatever happens. */
function constant({ weights, value, reference, reward, optimiser, buckets }: Stored): Moment {
  return {
    weights,
    value,
    reference,
    reward,
    gradients: buckets,
    optimiser,
    casts: 0,
    activations: 0,
    logits: 0,
    cache: 0,
    overhead: contextBytes,
  };
}

function trainingMoments(settings: MemorySettings, run: RunShape, stored: Stored) {
  const { checkpointing, precision, method } = settings;
  const { shape, profile, rows, length, scored, sampled, accumulating } = run;
  const models = profile.value ? 2 : 1;
  const kept = keptActivations(forwardPass(settings, run));
  const perLayer = checkpointing ? kept.checkpoint : kept.layer;
  const all = models * (shape.layers * perLayer + kept.rest + (checkpointing ? 0 : kept.tables));
  // One layer at a time is computed again, and its gradients flow.
  const again = (checkpointing ? kept.again : 0) + flowing(settings, run);
  const head = headBytes({ shape, precision, method, kind: profile.head, rows, length, scored, sampled });
  const casts = castBytes(settings, run);
  const base = constant(stored);
  const earlier = accumulating ? stored.gradients : 0;
  return {
    forward: {
      ...base,
      gradients: base.gradients + earlier,
      casts: models * casts.forward,
      activations: all,
      logits: head.forward,
    },
    head: {
      ...base,
      gradients: base.gradients + earlier,
      casts: models * casts.head,
      activations: all,
      logits: head.backward,
    },
    layers: {
      ...base,
      gradients: base.gradients + earlier,
      casts: models * casts.head + (checkpointing ? casts.layer : 0),
      activations: all + again,
      logits: head.after,
    },
    end: {
      ...base,
      gradients: base.gradients + stored.gradients,
      casts: casts.layer,
      activations: perLayer + again,
      logits: head.end,
    },
  } satisfies Partial<Record<MomentName, Moment>>;
}

/** Gradients on their way through a layer: at the fullest, those of the MLP's two branches. */
function flowing({ precision }: MemorySettings, { shape, rows, length }: RunShape): number {
  return 2 * rows * length * shape.intermediate * computeBytes(precision);
}

function forwardPass(
  { precision, method, rank, targets, attention, padding }: MemorySettings,
  run: RunShape,
): ForwardPass {
  const { shape, rows, length } = run;
  const names = targetNames(targets);
  return {
    shape,
    precision,
    method,
    rank,
    targets: names,
    attention,
    rows,
    length,
    padded: padding && rows > 1,
  };
}

/**
 * Copies of weights in the compute dtype. Under `mixed`, autograd keeps those of all matrices for the backward
 * pass; with checkpointing autocast's cache holds the trained ones until the forward pass ends, and then one layer
 * has them. Weights of 4 bits are unpacked one matrix at a time.
 */
function castBytes(
  { precision, method, rank, targets, checkpointing }: MemorySettings,
  { shape }: RunShape,
): { forward: number; head: number; layer: number } {
  if (method === 'qlora') {
    const largest = Math.max(...linears(shape).map(({ inputs, outputs }) => inputs * outputs));
    const one = computeBytes(precision) * largest;
    return { forward: one, head: 0, layer: one };
  }
  const adapters = method === 'lora' ? adapterParameters(shape, rank, targetNames(targets)) : 0;
  const frozen = precision === 'mixed' ? 2 * parameterGroups(shape).matrices : 0;
  const trained = precision === 'float32' ? 0 : 2 * adapters;
  const layer = (frozen + trained) / shape.layers;
  if (!checkpointing) return { forward: frozen + trained, head: frozen + trained, layer };
  return { forward: method === 'full' ? frozen : trained + layer, head: 0, layer };
}

function sampling(settings: MemorySettings, run: RunShape, stored: Stored): { generate?: Moment } {
  const { prompt, completion, precision, method, vllm } = settings;
  const { shape, sampled, profile } = run;
  // PPO has no vLLM, and samples so many rows at a time.
  if (!profile.generates || (vllm > 0 && !profile.value)) return {};
  const rows = profile.value ? Math.min(sampled, rolloutRows) : sampled;
  const work = { shape, precision, rows, prompt, completion };
  const groups = parameterGroups(shape);
  const cast = precision === 'mixed' && method === 'full' && !profile.value;
  // The prompts go through a layer at once.
  const prefill = 3 * rows * prompt * shape.intermediate * computeBytes(precision);
  const rollout = profile.head === 'rollout' ? rolloutLogits({ ...work, rows: sampled }) : 0;
  return {
    generate: {
      ...constant(stored),
      casts: cast ? 2 * (groups.matrices + shape.vocabulary * shape.hidden) : castBytes(settings, run).layer,
      activations: prefill,
      logits: rollout + nextLogits(work),
      cache: cacheBytes(work) + cacheGrowth(work),
    },
  };
}
