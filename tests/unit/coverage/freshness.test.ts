import { expect, test } from 'vitest';
import { changedInputs, newestReleaseWith, worstState } from '../../../src/coverage/freshness.ts';
import { digest, release } from './evidence.ts';

test('the newest release that has a class, whatever the order of the facts', () => {
  const facts = [
    release('1.9.0', 'PPOTrainer'),
    release('1.16.0', 'DPOTrainer'),
    release('1.12.0', 'DPOTrainer', 'PPOTrainer'),
    release('1.10.0', 'PPOTrainer'),
  ];
  expect(newestReleaseWith(facts, 'PPOTrainer')).toBe('1.12.0');
  expect(newestReleaseWith(facts, 'KTOTrainer')).toBeUndefined();
});

test('one failing check makes the whole failing; nothing at all is missing', () => {
  expect(worstState(['current', 'failing', 'stale'])).toBe('failing');
  expect(worstState(['current', 'stale', 'missing'])).toBe('missing');
  expect(worstState(['current'])).toBe('current');
  expect(worstState([])).toBe('missing');
});

test('inputs that changed or are gone are told in the order of their paths', () => {
  const inputs = { 'c.py': digest('c'), 'b.py': digest('b'), 'a.py': digest('a') };
  const today = new Map([
    ['a.py', digest('f')],
    ['b.py', digest('b')],
  ]);
  expect(changedInputs(inputs, today)).toEqual(['a.py changed since', 'c.py is gone']);
});
