import { expect, test } from 'vitest';
import { formulaOf } from '../../../../src/explorers/memory/formulas.ts';
import { memorySpace, settingsOf } from '../../../../src/explorers/memory/view.ts';
import { startState } from '../../../../src/explorers/state.ts';
import { estimate } from '../../../../src/memory/estimate.ts';

/** Each part of Qwen2.5-0.5B, 494,032,768 parameters, is counted in the numbers of the run. */
test.each([
  // Full training in mixed precision: float32 weights, gradients and two moments.
  ['weights', 'trainer=dpo', '494,032,768 × 4 bytes'],
  ['weights', 'trainer=dpo&precision=bfloat16', '494,032,768 × 2 bytes'],
  // Under DeepSpeed the model is bfloat16; stage 3 alone shares the weights out.
  ['weights', 'trainer=dpo&gpus=4&zero=2', '494,032,768 × 2 bytes'],
  ['weights', 'trainer=dpo&gpus=4&zero=3', '494,032,768 × 2 bytes / 4 cards'],
  ['weights', 'trainer=dpo&method=lora', '494,032,768 × 4 bytes, and the adapters'],
  ['weights', 'trainer=dpo&method=lora&gpus=2&zero=3', '494,032,768 × 2 bytes, and the adapters / 2 cards'],
  [
    'weights',
    'trainer=dpo&method=qlora',
    '357,826,560 × 0.5159 bytes, the other 136,206,208 × 4, and the adapters',
  ],
  // A score head is one row of 896 in place of the vocabulary, which the embedding shares.
  ['weights', 'trainer=reward', '494,033,664 × 4 bytes'],
  ['value', 'trainer=ppo', 'a model of 494,033,664 × 2 bytes'],
  ['value', 'trainer=ppo&gpus=8&zero=3', 'a model of 494,033,664 × 2 bytes / 8 cards'],
  ['reference', 'trainer=dpo', '494,032,768 × 4 bytes'],
  ['reference', 'trainer=dpo&gpus=2&zero=3', '494,032,768 × 2 bytes / 2 cards'],
  ['reward', 'trainer=ppo', 'each 494,033,664 parameters'],
  ['gradients', 'trainer=dpo', 'of 494,032,768 trained × 4 bytes, as far as they are there at this moment'],
  [
    'gradients',
    'trainer=dpo&method=lora',
    'of 8,798,208 trained × 4 bytes, as far as they are there at this moment',
  ],
  [
    'gradients',
    'trainer=ppo&gpus=2',
    'of 988,066,432 trained × 2 bytes, as far as they are there at this moment; twice, for what is sent',
  ],
  [
    'gradients',
    'trainer=dpo&gpus=4&zero=1',
    'of 494,032,768 trained × 2 bytes, as far as they are there at this moment',
  ],
  [
    'gradients',
    'trainer=dpo&gpus=4&zero=2',
    'of 494,032,768 trained × 2 bytes, as far as they are there at this moment / 4 cards',
  ],
  ['optimiser', 'trainer=dpo', '494,032,768 × 8 bytes'],
  // Two moments of a byte, and two float32 scales for each block of 256.
  ['optimiser', 'trainer=dpo&optimiser=adamw_8bit', '494,032,768 × 2.031 bytes'],
  [
    'optimiser',
    'trainer=dpo&gpus=4&zero=1',
    '494,032,768 × 12 bytes: two moments and a copy in float32 / 4 cards',
  ],
  ['casts', 'trainer=dpo', 'bfloat16 copies of float32 matrices, 2 bytes each'],
  ['casts', 'trainer=dpo&method=qlora', 'the largest matrix, unpacked'],
  // 8 pairs are 16 sequences of 512 + 512.
  ['activations', 'trainer=dpo', '16,384 tokens: the input of each of 24 layers, and one layer in full'],
  [
    'activations',
    'trainer=sft&checkpointing=off',
    '8,192 tokens × 24 layers, all that the backward pass reads',
  ],
  ['logits', 'trainer=dpo', '8,192 scored tokens, in tiles of at most 4,096 × 32,768'],
  ['logits', 'trainer=reward', '16,384 numbers'],
  ['logits', 'trainer=ppo', '8,192 tokens × 151,936 words'],
  // The last token is sampled and never read.
  ['cache', 'trainer=grpo', '8 completions × 1,023 tokens × 24 layers'],
  ['overhead', 'trainer=sft', 'a rule of thumb, not measured here'],
] as const)('%s, %s: %s', (part, query, said) => {
  const view = startState(memorySpace, query);
  expect(formulaOf(part, view, estimate(settingsOf(view)))).toBe(said);
});
