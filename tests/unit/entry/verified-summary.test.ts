import { expect, test } from 'vitest';
import { verifiedSummary } from '../../../src/components/entry/verified-summary.ts';
import type { EntryCheck } from '../../../src/coverage/verified.ts';

const check = (changes: Partial<EntryCheck>): EntryCheck => ({
  id: 'dpo/facts',
  kind: 'facts',
  state: 'current',
  title: 'Names and defaults match TRL',
  trainers: ['dpo'],
  trl: '1.16.0',
  date: '2026-11-20',
  passed: 12,
  failed: 0,
  reasons: [],
  ...changes,
});
const imported = { verified: false, draft: false };
const checked = { verified: true, draft: false };

test('all checks current: the release, the newest date and the sum of assertions', () => {
  expect(verifiedSummary([check({}), check({ passed: 34, date: '2026-11-24' })], checked)).toEqual({
    state: 'current',
    headline: 'Verified against TRL 1.16.0',
    held: 46,
    date: '2026-11-24',
    cures: [],
  });
});

test('names the oldest release when checks ran against several', () => {
  const checks = [check({}), check({ trl: '1.9.0' })];
  expect(verifiedSummary(checks, checked).headline).toBe('Verified against TRL 1.9.0');
});

test('one stale check makes the strip stale, one failing check failing', () => {
  const stale = [check({}), check({ state: 'stale', passed: 30 })];
  expect(verifiedSummary(stale, checked)).toMatchObject({
    state: 'stale',
    held: 12,
    headline: 'Stale: 1 of 2 checks ran before something changed',
    cures: ['npm run verify -- --write'],
  });
  expect(verifiedSummary([...stale, check({ state: 'failing' })], checked)).toMatchObject({
    state: 'failing',
    headline: 'Failing: 1 of 3 checks do not hold',
  });
});

test('a check that never ran has neither date nor count', () => {
  const never = check({ state: 'missing', trl: null, date: null, passed: null, failed: null });
  expect(verifiedSummary([never], checked)).toEqual({
    state: 'missing',
    headline: '1 of 1 checks never ran',
    held: 0,
    date: undefined,
    cures: ['npm run verify -- --write'],
  });
});

test('an imported page is unchecked whatever its checks say', () => {
  expect(verifiedSummary([check({})], imported)).toMatchObject({
    state: 'missing',
    headline: 'Imported, not checked',
  });
});

test('a draft owes no check yet, and shows one that fails', () => {
  const draft = { verified: true, draft: true };
  const never = check({ state: 'missing', trl: null, date: null, passed: null, failed: null });
  expect(verifiedSummary([check({}), never], draft)).toMatchObject({
    headline: 'A draft, not checked yet',
    cures: [],
  });
  expect(verifiedSummary([check({ state: 'failing' })], draft).headline).toMatch(/^Failing/);
});
