import { expect, test } from 'vitest';
import { didYouMean, nearest } from '../../../src/errors/suggest.ts';

test.each([
  ['dpoo', ['dpo', 'ppo', 'grpo'], 'dpo'],
  ['DPOtrainer', ['DPOTrainer', 'KTOTrainer'], 'DPOTrainer'],
  ['max_promt_length', ['max_length', 'max_prompt_length'], 'max_prompt_length'],
  ['titel', ['title', 'trainers'], 'title'],
  ['beta', ['data', 'loss'], undefined],
  ['reference', ['reference-model', 'policy'], 'reference-model'],
  ['temperature', ['beta', 'loss_type'], undefined],
  ['anything', [], undefined],
])('%s among %j is %s', (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected);
});

test('didYouMean words the question, or stays silent', () => {
  expect(didYouMean('dpoo', ['dpo'])).toBe('did you mean `dpo`?');
  expect(didYouMean('zebra', ['dpo'])).toBeUndefined();
});
