import { expect, test } from 'vitest';
import { anchorOf } from '../../../src/navigation/anchor.ts';

test.each([
  ['Is β a temperature?', 'is-β-a-temperature'],
  ['The loss is 0, accuracy 1, the margin 15. Am I done?', 'the-loss-is-0-accuracy-1-the-margin'],
  ['score.weight “newly initialized”', 'score-weight-newly-initialized'],
])('%s', (sentence, anchor) => {
  expect(anchorOf(sentence)).toBe(anchor);
});
