import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { curvePlotSchema } from '../../../src/collections/curve-plot.ts';
import { defaultRunSchema } from '../../../src/collections/default-run.ts';
import { isSurvey } from '../../../src/collections/entry.ts';
import { paperSchema, paperUrl } from '../../../src/collections/paper.ts';
import { pinnedRelease, splitAtPinned } from '../../../src/collections/pinned-release.ts';
import { recordedOutput } from '../../../src/collections/recorded-output.ts';
import { inputsSchema, type RecordedRun } from '../../../src/collections/recorded-run.ts';
import { isSitePage } from '../../../src/collections/site-page.ts';
import { trlHistorySchema } from '../../../src/collections/trl-history.ts';
import { factsOf } from './facts-of.ts';

test.each([
  [[], true],
  [['dpo'], false],
  [['dpo', 'kto', 'orpo'], false],
  [['dpo', 'kto', 'orpo', 'cpo'], true],
])('a page of the trainers %j is a survey: %s', (trainers, survey) => {
  expect(isSurvey({ trainers })).toBe(survey);
});

test.each([
  ['2305.18290', undefined, 'https://arxiv.org/abs/2305.18290'],
  ['2305.18290', 'https://example.org/dpo', 'https://example.org/dpo'],
  ['1706.3762', undefined, 'https://arxiv.org/abs/1706.3762'],
  ['x2305.18290', undefined, undefined],
  ['2305.18290v2', undefined, undefined],
  ['23.18290', undefined, undefined],
  ['bradley-terry-1952', undefined, undefined],
])('the paper %s with the address %s is found at %s', (id, url, address) => {
  expect(paperUrl({ id, url, title: 'T', short: 'S', year: 2023 })).toBe(address);
});

test('an address of the site itself is told from a page that an author wrote', () => {
  expect([isSitePage('glossary'), isSitePage('guides/dpo-loss')]).toEqual([true, false]);
});

test('the pinned release is the newest that a registry record names, by number', () => {
  expect(pinnedRelease([{ facts: '1.9.0' }, { facts: '1.16.0' }, { facts: '1.12.0' }])).toBe('1.16.0');
  expect(pinnedRelease([])).toBeUndefined();
});

test('facts after the pinned release are for upgrades alone; both halves are newest first', () => {
  const facts = ['1.9.0', '1.17.0', '1.16.0', '1.18.0'].map(factsOf);
  const releases = (trainers: { facts: string }[]) => {
    const split = splitAtPinned(facts, trainers);
    return [split.facts.map(({ trl }) => trl), split.newerFacts.map(({ trl }) => trl)];
  };
  expect(releases([{ facts: '1.16.0' }])).toEqual([
    ['1.16.0', '1.9.0'],
    ['1.18.0', '1.17.0'],
  ]);
  expect(releases([])).toEqual([['1.18.0', '1.17.0', '1.16.0', '1.9.0'], []]);
  expect(facts.map(({ trl }) => trl)).toEqual(['1.9.0', '1.17.0', '1.16.0', '1.18.0']);
});

const run = (script: string, body: string, variant?: string): RecordedRun => ({
  ...{
    script,
    variant,
    trainers: [],
    args: [],
    date: '2026-11-01',
    seed: 0,
    versions: {},
    hardware: 'a CPU',
  },
  ...{ seconds: 1, peak_memory_mb: 1, series: {}, results: {}, samples: [] },
  inputs: {
    [`content/example-scripts/${script}.py`]: `sha256:${createHash('sha256').update(body).digest('hex')}`,
  },
  output: [{ line: 3, text: `${script} ${variant ?? 'plain'}` }],
});

test('what a script printed is that of its plain run, as long as the script is the one that ran', () => {
  const runs = [
    run('other_script', 'x = 1'),
    run('dpo_on_pairs', 'x = 1', 'long'),
    run('dpo_on_pairs', 'x = 1'),
  ];
  expect(recordedOutput(runs, 'x = 1', 'dpo-on-pairs')).toEqual([{ line: 3, text: 'dpo_on_pairs plain' }]);
  expect(recordedOutput(runs, 'x = 2', 'dpo-on-pairs')).toEqual([]);
  expect(recordedOutput(runs, 'x = 1', 'sft')).toEqual([]);
});

test.each([
  ['https://example.org/a', true],
  ['http://example.org/a', true],
  ['ftp://example.org/a', false],
  ['git+https://example.org/a', false],
])('a paper at %s is accepted: %s', (url, accepted) => {
  expect(paperSchema.safeParse({ id: 'a', title: 'T', short: 'S', year: 2023, url }).success).toBe(accepted);
});

test.each([
  ['dpo_training', true],
  ['dpo_training.py', false],
  ['a/dpo', false],
])('a default run of the script %s is accepted: %s', (script, accepted) => {
  expect(defaultRunSchema.safeParse({ script, run: 'trainer=dpo', holds: ['x'] }).success).toBe(accepted);
});

test('the input of a recorded run has a whole digest', () => {
  const digest = `sha256:${'0a'.repeat(32)}`;
  const accepts = (text: string) => inputsSchema.safeParse({ 'a.py': text }).success;
  expect(
    [digest, `${digest}0`, `x${digest}`, digest.toUpperCase(), digest.slice(0, -1)].map(accepts),
  ).toEqual([...[true, false, false, false, false]]);
});

test('a history names releases and what happened to a symbol; nothing else', () => {
  const event = {
    release: '1.13.0',
    symbol: 'PPOTrainer',
    what: 'moved',
    before: 'trl',
    after: 'trl.experimental.ppo',
  };
  const accepts = (changes: object) =>
    trlHistorySchema.safeParse({ releases: ['1.13.0'], events: [{ ...event, ...changes }] }).success;
  expect([{}, { what: 'removed' }, { what: 'default' }, { what: 'lost' }, { why: 'x' }].map(accepts)).toEqual(
    [...[true, true, true, false, false]],
  );
});

test('a figure has panels with lines of two points or more, in a role or a number', () => {
  const line = {
    name: 'loss',
    tone: 'chosen',
    points: [
      [0, 1],
      [1, 2],
    ],
  };
  const accepts = (changes: object) =>
    curvePlotSchema.safeParse({
      name: 'value',
      panels: [{ x: 'margin, nats', y: 'loss', lines: [{ ...line, ...changes }] }],
    }).success;
  const tones = ['chosen', 'rejected', 'policy', 'reference', 1, 6].map((tone) => accepts({ tone }));
  expect(tones).toEqual([true, true, true, true, true, true]);
  expect(
    [{ tone: 'red' }, { tone: 7 }, { points: [[0, 1]] }, { points: [[0, 1], [2]] }, { x: 1 }].map(accepts),
  ).toEqual([...[false, false, false, false, false]]);
});
