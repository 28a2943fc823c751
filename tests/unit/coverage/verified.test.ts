import { expect, test } from 'vitest';
import { type CheckedEntry, entryChecks } from '../../../src/coverage/verified.ts';
import { check, digest, evidence, run } from './evidence.ts';

const annotated: CheckedEntry = {
  ref: 'trainers/dpo',
  data: { trainers: ['dpo'], verified: true },
  body: 'Prose.',
};
const guide: CheckedEntry = {
  ref: 'guides/dpo-loss',
  data: { trainers: ['dpo'], verified: true },
  body: 'Prose.',
};
const script: CheckedEntry = {
  ref: 'examples/dpo-training',
  data: { trainers: ['dpo'], verified: true },
  body: '',
};

const states = (entry: CheckedEntry, about = evidence()) =>
  entryChecks(entry, about).map(({ id, state }) => `${id} ${state}`);

test('a check that passed with the inputs of today is current', () => {
  const about = evidence({ checks: [check({ id: 'dpo/equality', kind: 'equality' })] });
  expect(entryChecks(annotated, about)).toContainEqual({
    id: 'dpo/equality',
    kind: 'equality',
    state: 'current',
    title: 'Check dpo/equality',
    trainers: ['dpo'],
    trl: '1.16.0',
    date: '2026-11-01',
    passed: 3,
    failed: 0,
    reasons: [],
  });
});

test('a check is stale when an input changed and when an input is gone', () => {
  const inputs = { 'a.py': digest('b'), 'old.py': digest('c') };
  const about = evidence({ checks: [check({ id: 'dpo/facts', kind: 'facts', inputs })] });
  expect(entryChecks(guide, about)).toEqual([
    expect.objectContaining({
      id: 'dpo/facts',
      state: 'stale',
      reasons: ['a.py changed since', 'old.py is gone'],
    }),
  ]);
});

test('a check is stale when a newer release has the trainer', () => {
  const about = evidence({ checks: [check({ id: 'dpo/facts', kind: 'facts', trl: '1.9.0' })] });
  expect(entryChecks(guide, about)[0]).toMatchObject({
    state: 'stale',
    reasons: ['ran against TRL 1.9.0; DPOTrainer is in 1.16.0'],
  });
});

test('a removed trainer stays current at the last release that has it', () => {
  const about = evidence({
    checks: [check({ id: 'ppo/facts', kind: 'facts', trl: '1.12.0', trainers: ['ppo'] })],
  });
  expect(states({ ref: 'guides/ppo', data: { trainers: ['ppo'], verified: true }, body: '' }, about)).toEqual(
    ['ppo/facts current'],
  );
});

test('a failed assertion outweighs a changed input', () => {
  const about = evidence({
    checks: [check({ id: 'dpo/facts', kind: 'facts', failed: 2, inputs: { 'a.py': digest('b') } })],
  });
  expect(entryChecks(guide, about)[0]).toMatchObject({
    state: 'failing',
    reasons: ['2 of 5 assertions failed'],
  });
});

test('a check without a single assertion proves nothing', () => {
  const about = evidence({ checks: [check({ id: 'dpo/facts', kind: 'facts', passed: 0 })] });
  expect(entryChecks(guide, about)[0]).toMatchObject({ state: 'missing' });
});

test('what nobody ran is missing, by kind of page', () => {
  const fenced = { ...guide, body: '```python\nprint(1)\n```' };
  expect([states(annotated), states(guide), states(fenced), states(script)]).toEqual([
    ['trainers/dpo/facts missing', 'trainers/dpo/equality missing'],
    ['guides/dpo-loss/facts missing'],
    ['guides/dpo-loss/facts missing', 'guides/dpo-loss/fences missing'],
    [
      'examples/dpo-training/facts missing',
      'examples/dpo-training/script missing',
      'examples/dpo-training/run missing',
    ],
  ]);
});

test('fences that are not executed need no check', () => {
  const body = '```python unchecked="old"\n```\n```python title="x" norun="slow"\n```';
  expect(states({ ...guide, body })).toEqual(['guides/dpo-loss/facts missing']);
});

test('a guide without trainers and without code needs no check', () => {
  expect(states({ ref: 'guides/memory', data: { trainers: [], verified: true }, body: 'Prose.' })).toEqual(
    [],
  );
});

test('a check of one entry does not concern the others, and equality not the script', () => {
  const about = evidence({
    checks: [
      check({ id: 'dpo/equality', kind: 'equality' }),
      check({ id: 'dpo/facts', kind: 'facts' }),
      check({ id: 'dpo-loss/fences', kind: 'fences', entry: 'guides/dpo-loss' }),
      check({ id: 'dpo_training/script', kind: 'script', entry: 'examples/dpo-training' }),
    ],
    runs: [run()],
  });
  expect({
    annotated: states(annotated, about),
    guide: states(guide, about),
    script: states(script, about),
  }).toEqual({
    annotated: ['dpo/facts current', 'dpo/equality current'],
    guide: ['dpo/facts current', 'dpo/equality current', 'dpo-loss/fences current'],
    script: ['dpo/facts current', 'dpo_training/script current', 'runs/dpo_training current'],
  });
});

test('a recorded run is stale when its script changed', () => {
  const about = evidence({ runs: [run({ inputs: { 'a.py': digest('f') } })] });
  expect(entryChecks(script, about).at(-1)).toEqual({
    id: 'runs/dpo_training',
    kind: 'run',
    state: 'stale',
    title: 'Recorded run of dpo_training.py --tiny',
    trainers: ['dpo'],
    trl: '1.16.0',
    date: '2026-11-02',
    passed: null,
    failed: null,
    reasons: ['a.py changed since'],
  });
});
