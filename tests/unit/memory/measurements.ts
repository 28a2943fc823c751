import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { attentions, precisions } from '../../../src/memory/settings.ts';
import { trainerNames } from '../../../src/memory/trainer-profiles.ts';

/** `content/memory-measurements.json`: what `src/python/memory.py` saw PyTorch hold. */

const shape = z.object({
  family: z.enum(['qwen2', 'qwen3', 'llama']),
  layers: z.int(),
  hidden: z.int(),
  heads: z.int(),
  kvHeads: z.int(),
  headDim: z.int(),
  intermediate: z.int(),
  vocabulary: z.int(),
  tied: z.boolean(),
});
const model = z.object({ shape, precision: z.enum(precisions), method: z.enum(['full', 'lora']) });
const adapters = z.object({ rank: z.int(), targets: z.enum(['all-linear', 'q-v']) });

const schema = z.object({
  parameters: z.array(
    z.object({ model: z.string(), shape, head: z.enum(['language', 'score']), count: z.int() }),
  ),
  kept: z.array(
    model.extend(adapters.shape).extend({
      attention: z.enum(attentions),
      padded: z.boolean(),
      checkpointing: z.boolean(),
      rows: z.int(),
      length: z.int(),
      bytes: z.object({ layer: z.int(), casts: z.int(), rest: z.int() }),
    }),
  ),
  stored: z.array(
    model.extend(adapters.shape).extend({
      optimiser: z.enum(['adamw', 'sgd']),
      bytes: z.object({
        weights: z.int(),
        gradients: z.int(),
        states: z.int(),
        counters: z.int(),
        tensors: z.int(),
      }),
    }),
  ),
  cache: z.array(
    model.extend({
      rows: z.int(),
      prompt: z.int(),
      completion: z.int(),
      bytes: z.object({ cache: z.int() }),
    }),
  ),
  peaks: z.array(
    model.extend({
      trainer: z.string().pipe(z.enum(trainerNames)),
      rank: z.int(),
      batch: z.int(),
      accumulation: z.int(),
      checkpointing: z.boolean(),
      completion: z.int(),
      group: z.int(),
      penalty: z.boolean(),
      /** PPO's cases say them; the other trainers' sequences have one token of prompt, or three. */
      prompt: z.int().optional(),
      miniBatches: z.int().default(1),
      bytes: z.object({ models: z.int(), peak: z.int(), length: z.int() }),
    }),
  ),
});

export const measurements = schema.parse(
  JSON.parse(readFileSync('content/memory-measurements.json', 'utf8')),
);
