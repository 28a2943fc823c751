import { describe, expect, test } from 'vitest';
import { changeName } from '../../../src/trl/change-name.ts';
import { migrationRows, whatOf } from '../../../src/trl/migration-rows.ts';
import type { ReleaseChange } from '../../../src/trl/release-changes.ts';

const removed = (symbol: string, kind: ReleaseChange['kind'], since?: string): ReleaseChange => ({
  symbol,
  kind,
  what: 'removed',
  before: null,
  after: null,
  since,
});

describe('a change is called what one sees of it in a script', () => {
  test.each([
    ['parameter', 'DPOTrainer.__init__.tokenizer', 'DPOTrainer(tokenizer=…)'],
    ['loss type', 'DPOTrainer.loss_type.aot_pair', 'loss_type="aot_pair"'],
    ['method', 'DPOTrainer.dpo_loss', 'DPOTrainer.dpo_loss()'],
    ['field', 'DPOConfig.rpo_alpha', 'DPOConfig.rpo_alpha'],
    ['class', 'PPOTrainer', 'PPOTrainer'],
  ] as const)('a %s: %s is %s', (kind, symbol, name) => {
    expect(changeName({ kind, symbol })).toBe(name);
  });
});

describe('what happened to it is said in a few words', () => {
  test.each([
    ['removed', '0.1', null, 'removed'],
    ['moved', 'trl', 'trl.experimental.gkd', 'moved from trl to trl.experimental.gkd'],
    ['default', '0.1', '0.5', 'default 0.1 → 0.5'],
    ['default', '0.1', null, 'required; was 0.1'],
    ['default', null, '0.5', 'default none: required → 0.5'],
  ] as const)('%s, %s to %s: %s', (what, before, after, said) => {
    expect(whatOf({ ...removed('DPOConfig.beta', 'field'), what, before, after })).toBe(said);
  });
});

test('changes with one answer share a row, which names every release; answers to nothing have none', () => {
  const changes = [
    removed('DPOConfig.tools', 'field', '0.29.0'),
    removed('DPOTrainer.dpo_loss', 'method', '0.29.0'),
    removed('DPOTrainer.__init__.tokenizer', 'parameter'),
    removed('DPOConfig.rpo_alpha', 'field', '0.28.0'),
  ];
  const notes = [
    { changes: ['DPOConfig.rpo_alpha'], say: 'Give `loss_weights`.' },
    { changes: ['PPOTrainer'], say: 'Use GRPO.' },
    {
      changes: ['DPOTrainer.dpo_loss', 'DPOTrainer.__init__.tokenizer', 'DPOConfig.tools'],
      say: 'Leave it out.',
    },
  ];
  expect(migrationRows(changes, notes, '1.16.0')).toEqual([
    {
      changes: [{ symbol: 'DPOConfig.rpo_alpha', name: 'DPOConfig.rpo_alpha', what: 'removed' }],
      since: '0.28.0',
      say: 'Give `loss_weights`.',
    },
    {
      changes: [
        { symbol: 'DPOConfig.tools', name: 'DPOConfig.tools', what: 'removed' },
        { symbol: 'DPOTrainer.dpo_loss', name: 'DPOTrainer.dpo_loss()', what: 'removed' },
        { symbol: 'DPOTrainer.__init__.tokenizer', name: 'DPOTrainer(tokenizer=…)', what: 'removed' },
      ],
      since: '0.29.0, by 1.16.0',
      say: 'Leave it out.',
    },
  ]);
});
