import { describe, expect, test } from 'vitest';
import { adapterParameters } from '../../../src/memory/adapters.ts';
import { nf4Bytes, stateBytes, trainedBytes } from '../../../src/memory/bytes.ts';
import { contextBytes, estimate } from '../../../src/memory/estimate.ts';
import { cacheBytes, rolloutLogits } from '../../../src/memory/generation.ts';
import { headBytes } from '../../../src/memory/head.ts';
import { sumOf } from '../../../src/memory/parts.ts';
import { hasReference } from '../../../src/memory/run-shape.ts';
import { type MemorySettings, standardSettings } from '../../../src/memory/settings.ts';
import { type ModelShape, parameterCount } from '../../../src/memory/shape.ts';
import { shapeOfSize, sizeLimits } from '../../../src/memory/sized-shape.ts';
import { storedBytes } from '../../../src/memory/stored.ts';

/** Small enough to count on paper: 3 layers, width 4. */
const shape: ModelShape = {
  family: 'llama',
  layers: 3,
  hidden: 4,
  heads: 2,
  kvHeads: 1,
  headDim: 2,
  intermediate: 5,
  vocabulary: 7,
  tied: false,
};
const run = (given: Partial<MemorySettings> = {}): MemorySettings => ({
  ...standardSettings,
  trainer: 'sft',
  model: shape,
  ...given,
});

describe('parameters', () => {
  // A layer: q 4·4, k and v 4·2 each, o 4·4, three of 4·5, two norms of 4.
  const layer = 16 + 8 + 8 + 16 + 60 + 8;
  test('embedding, head, layers, last norm', () => {
    expect(parameterCount(shape)).toBe(28 + 28 + 3 * layer + 4);
    expect(parameterCount({ ...shape, tied: true })).toBe(28 + 3 * layer + 4);
    expect(parameterCount(shape, 'score')).toBe(28 + 4 + 3 * layer + 4);
    expect(parameterCount({ ...shape, family: 'qwen2' })).toBe(56 + 3 * (layer + 4 + 2 + 2) + 4);
    expect(parameterCount({ ...shape, family: 'qwen3' })).toBe(56 + 3 * (layer + 2 + 2) + 4);
  });
  test('LoRA: r (inputs + outputs)', () => {
    expect(adapterParameters(shape, 2, ['q_proj', 'down_proj'])).toBe(3 * 2 * (4 + 4 + 5 + 4));
  });
  test('an interpolated shape is off by half a layer at most', () => {
    for (const billions of [0.4, 0.7, 1, 2, 4, 10, 25, 50, 80]) {
      const found = shapeOfSize(billions);
      const count = parameterCount(found);
      const one = count - parameterCount({ ...found, layers: found.layers - 1 });
      expect(Math.abs(count - billions * 1e9)).toBeLessThanOrEqual(one / 2);
    }
    expect(shapeOfSize(1000)).toEqual(shapeOfSize(sizeLimits[1]));
  });
});

describe('what stands all the time', () => {
  const all = parameterCount(shape);
  test('sixteen bytes a parameter, or eight', () => {
    const sum = ({ weights, gradients, optimiser }: ReturnType<typeof storedBytes>) =>
      weights + gradients + optimiser;
    expect(sum(storedBytes(run()))).toBe(16 * all);
    expect(sum(storedBytes(run({ precision: 'bfloat16' })))).toBe(8 * all);
    expect(sum(storedBytes(run({ optimiser: 'sgd' })))).toBe(8 * all);
  });
  test('eight bits: the embedding keeps states of 32', () => {
    const blocks = 2 * (1 + 4 / 256);
    expect(storedBytes(run({ optimiser: 'adamw_8bit' })).optimiser).toBeCloseTo(
      28 * 8 + (all - 28) * blocks,
      6,
    );
  });
  test('NF4: 4.127 bits a weight, and only of matrices', () => {
    expect(nf4Bytes * 8).toBeCloseTo(4.127, 3);
    const matrices = 3 * 108;
    const adapters = adapterParameters(shape, 16, ['q_proj', 'v_proj']);
    const { weights, gradients } = storedBytes(run({ method: 'qlora', targets: 'q-v' }));
    expect(weights).toBeCloseTo(matrices * nf4Bytes + (all - matrices) * 4 + adapters * 2, 6);
    expect(gradients).toBe(2 * adapters);
  });
  test('adapters are float32, but on four bits', () => {
    expect(trainedBytes('lora', 'bfloat16')).toBe(4);
    expect(trainedBytes('qlora', 'mixed')).toBe(2);
    expect(stateBytes('adamw', 4)).toBe(8);
  });
  test('ZeRO: 2 + 2 + 12, divided stage by stage', () => {
    const at = (zero: MemorySettings['zero']) => storedBytes(run({ gpus: 4, zero }));
    expect(at(1)).toMatchObject({ weights: 2 * all, gradients: 2 * all, optimiser: 3 * all, buckets: 0 });
    expect(at(2)).toMatchObject({ weights: 2 * all, gradients: all / 2, optimiser: 3 * all });
    expect(at(3)).toMatchObject({ weights: all / 2, gradients: all / 2, optimiser: 3 * all });
    expect(at(0)).toMatchObject({ weights: 4 * all, buckets: 4 * all });
  });
  test('a reference: not with adapters, not when precomputed, not without a penalty', () => {
    expect(hasReference(run({ trainer: 'dpo' }))).toBe(true);
    expect(hasReference(run({ trainer: 'dpo', method: 'lora' }))).toBe(false);
    expect(hasReference(run({ trainer: 'dpo', precompute: true }))).toBe(false);
    expect(hasReference(run({ trainer: 'orpo', penalty: true }))).toBe(false);
    expect(hasReference(run({ trainer: 'grpo' }))).toBe(false);
    expect(hasReference(run({ trainer: 'grpo', penalty: true }))).toBe(true);
    expect(hasReference(run({ trainer: 'ppo' }))).toBe(true);
    expect(storedBytes(run({ trainer: 'dpo' })).reference).toBe(4 * all);
  });
});

describe('what comes and goes', () => {
  test('keys and values: the last token is not read', () => {
    const sampling = { shape, precision: 'bfloat16', rows: 3, prompt: 5, completion: 6 } as const;
    expect(cacheBytes(sampling)).toBe(2 * 3 * 3 * 10 * 2 * 2);
    // Three times the sampled logits in float32 beat one and the whole sequences in bfloat16.
    expect(rolloutLogits(sampling)).toBe(3 * 4 * 3 * 6 * 7);
    expect(rolloutLogits({ ...sampling, completion: 1 })).toBe(4 * 3 * 7 + 2 * 3 * 6 * 7);
  });
  test('a tile has at most 4,096 tokens', () => {
    const work = { shape, precision: 'mixed', method: 'lora', kind: 'fused', length: 2, sampled: 0 } as const;
    const at = (scored: number) => headBytes({ ...work, rows: 1, scored }).forward - 16 * scored;
    expect(at(10) - at(9)).toBe(2 * 32768);
    expect(at(5000)).toBe(at(4096));
  });
  test('full logits: four bytes, and two more of the shifted size in the backward pass', () => {
    const work = { shape, precision: 'float32', method: 'full', kind: 'logits', sampled: 0 } as const;
    const { backward } = headBytes({ ...work, rows: 2, length: 11, scored: 10 });
    expect(backward).toBe(7 * (4 * 22 + 8 * 20 + 4 * 10));
  });
  test('activations double with the tokens; eager grows by the square', () => {
    const activations = (given: Partial<MemorySettings>) =>
      estimate(run({ checkpointing: false, padding: false, ...given })).moments.forward?.activations ?? 0;
    // The rotary tables are the same for all rows.
    const tables = 2 * 1024 * shape.headDim * 4;
    expect(activations({ batch: 16 })).toBe(2 * activations({ batch: 8 }) - tables);
    const square = (completion: number) =>
      activations({ attention: 'eager', prompt: 1, completion }) - activations({ prompt: 1, completion });
    expect(square(2047) / square(1023)).toBeGreaterThan(3.9);
  });
});

describe('moments', () => {
  test('the estimate is the fullest', () => {
    const { moments, peak, total } = estimate(run({ trainer: 'grpo' }));
    const sums = Object.values(moments).map(sumOf);
    expect(total).toBe(Math.max(...sums));
    expect(moments[peak] && sumOf(moments[peak])).toBe(total);
    expect(Object.keys(moments)).toContain('generate');
    expect(total).toBeGreaterThan(contextBytes);
  });
  test('gradients stand through the forward pass only when they are accumulated', () => {
    const forward = (accumulation: number) => estimate(run({ accumulation })).moments.forward?.gradients;
    expect(forward(1)).toBe(0);
    expect(forward(2)).toBe(4 * parameterCount(shape));
  });
  test('vLLM samples elsewhere, and PPO has none', () => {
    expect(estimate(run({ trainer: 'grpo', vllm: 0.3 })).moments.generate).toBeUndefined();
    expect(estimate(run({ trainer: 'ppo', vllm: 0.3 })).moments.generate).toBeDefined();
    expect(estimate(run({ trainer: 'dpo' })).moments.generate).toBeUndefined();
  });
  test('a model that nobody knows is named', () => {
    expect(() => estimate(run({ model: 'gpt-5' }))).toThrow('found "gpt-5"');
  });
});
