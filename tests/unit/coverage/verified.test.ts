import { describe, expect, test } from 'vitest';
import { type CheckedEntry, cureOf, entryChecks, judgeRun } from '../../../src/coverage/verified.ts';
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

test('an imported page has no checks before somebody has read it', () => {
  const about = evidence({ checks: [check({ id: 'dpo/facts', kind: 'facts' })] });
  expect(states({ ...guide, data: { trainers: ['dpo'], verified: false } }, about)).toEqual([]);
});

describe('what nobody ran', () => {
  test('says in full what is missing, and the command that runs it', () => {
    expect(entryChecks(guide, evidence())).toEqual([
      {
        id: 'guides/dpo-loss/facts',
        kind: 'facts',
        state: 'missing',
        title: 'Names and defaults match TRL',
        trainers: ['dpo'],
        trl: null,
        date: null,
        passed: null,
        failed: null,
        reasons: ['nobody ran it: `npm run verify -- --write`'],
      },
    ]);
    expect(cureOf('run')).toBe('npm run record -- all');
  });

  test('has a title for each kind', () => {
    const titles = [annotated, { ...guide, body: '```python\nprint(1)\n```' }, script].flatMap((entry) =>
      entryChecks(entry, evidence()).map(({ title }) => title),
    );
    expect([...new Set(titles)]).toEqual([
      'Names and defaults match TRL',
      'Distilled code equals TRL',
      'Code blocks print what the page shows',
      'The script runs and its assertions hold',
      'A recorded run',
    ]);
  });

  test('a page of no trainer still needs its kind’s own checks', () => {
    const none = { trainers: [], verified: true };
    expect(states({ ...annotated, data: none })).toEqual(['trainers/dpo/equality missing']);
    expect(states({ ...script, data: none })).toEqual([
      'examples/dpo-training/script missing',
      'examples/dpo-training/run missing',
    ]);
  });

  test('fences of a walk-through need a check, indented ones too; prose about fences does not', () => {
    const fences = (body: string) => states({ ...annotated, body }).includes('trainers/dpo/fences missing');
    expect(fences('1. a list\n\n   ```python title="x"\n   print(1)\n   ```')).toBe(true);
    expect(fences('Write ```python to begin.')).toBe(false);
    expect(fences('```pythonic\n```')).toBe(false);
    expect(fences('```python norun="slow"\n```\n\n```python\n```')).toBe(true);
    // A word that only contains it, and one without a reason.
    expect(fences('```python title="norun"\n```')).toBe(true);
  });
});

test('a check without an assertion says why it counts for nothing', () => {
  const about = evidence({ checks: [check({ id: 'dpo/facts', kind: 'facts', passed: 0 })] });
  expect(entryChecks(guide, about)[0]).toMatchObject({
    passed: 0,
    failed: 0,
    reasons: ['it ran without a single assertion'],
  });
});

test('checks stand by kind, and within one by id', () => {
  const about = evidence({
    checks: [
      check({ id: 'b/equality', kind: 'equality' }),
      check({ id: 'a/fences', kind: 'fences' }),
      check({ id: 'z/facts', kind: 'facts' }),
      check({ id: 'a/equality', kind: 'equality' }),
    ],
  });
  expect(entryChecks(annotated, about).map(({ id }) => id)).toEqual([
    'z/facts',
    'a/equality',
    'b/equality',
    'a/fences',
  ]);
});

describe('a recorded run', () => {
  test('is named by its script and its variant, with its arguments in the title', () => {
    expect(judgeRun(run({ variant: 'beta-1', args: [] }), evidence())).toMatchObject({
      id: 'runs/dpo_training.beta-1',
      title: 'Recorded run of dpo_training.py',
      state: 'current',
      reasons: [],
    });
    expect(judgeRun(run({ args: ['--tiny', '--seed', '1'] }), evidence()).title).toBe(
      'Recorded run of dpo_training.py --tiny --seed 1',
    );
  });

  test('of a script with several words in its name belongs to that page', () => {
    const about = evidence({ runs: [run({ script: 'dpo_on_pairs' })] });
    expect(states({ ...script, ref: 'examples/dpo-on-pairs' }, about)).toContain('runs/dpo_on_pairs current');
    expect(states(script, about)).toContain('examples/dpo-training/run missing');
  });

  test('that does not say its TRL is stale; of a trainer without facts nothing is newer', () => {
    expect(judgeRun(run({ versions: {} }), evidence())).toMatchObject({
      state: 'stale',
      trl: null,
      reasons: ['ran against TRL unknown; DPOTrainer is in 1.16.0'],
    });
    expect(judgeRun(run({ versions: {}, trainers: ['kto'] }), evidence()).state).toBe('current');
    const bare = { ...evidence(), facts: [] };
    expect(judgeRun(run({ versions: {} }), bare).state).toBe('current');
  });
});
