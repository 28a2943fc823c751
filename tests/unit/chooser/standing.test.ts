import { expect, test } from 'vitest';
import { progress } from '../../../src/components/chooser/progress.ts';
import { inSequence, standing } from '../../../src/components/chooser/standing.ts';

const stable = { tier: 'stable', since: '0.1.0' } as const;

test('of a stable trainer nothing has to be said', () => {
  expect(standing({ name: 'DPO', availability: [stable], facts: '1.16.0' }, '1.16.0')).toBeUndefined();
});

test('an experimental trainer is called that, a removed one names the release to pin', () => {
  const experimental = { tier: 'experimental', since: '0.26.0' } as const;
  const removed = { tier: 'removed', since: '1.13.0' } as const;
  expect(standing({ name: 'CPO', availability: [stable, experimental], facts: '1.16.0' }, '1.16.0')).toBe(
    'CPO is experimental in TRL 1.16.0: its interface comes without a promise of stability.',
  );
  expect(standing({ name: 'PPO', availability: [experimental, removed], facts: '1.12.0' }, '1.16.0')).toBe(
    'PPO was removed in TRL 1.13.0. Pin trl==1.12.0, the last release that has it, in an environment of its own.',
  );
});

test('trainers in sequence are named in their order', () => {
  const trainers = [
    { slug: 'dpo', name: 'DPO' },
    { slug: 'sft', name: 'SFT' },
  ];
  expect(inSequence(['sft', 'dpo'], trainers)).toBe('SFT, then DPO');
});

test('how far the questions have come', () => {
  expect(progress(1, 4)).toBe('Question 1 of at most 4');
  expect(progress(3, 2)).toBe('Question 3 of at most 4');
  expect(progress(3, 1)).toBe('Question 3, the last');
});
