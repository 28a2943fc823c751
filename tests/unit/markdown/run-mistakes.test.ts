import { expect, test } from 'vitest';
import type { RecordedRun } from '../../../src/collections/recorded-run.ts';
import { runMistakes } from '../../../src/markdown/run-mistakes.ts';

const run = (script: string, variant: string | undefined, ...series: string[]): RecordedRun => ({
  ...{ script, variant, trainers: [], args: [], date: '2026-11-01', seed: 0, inputs: {}, versions: {} },
  ...{ hardware: 'a CPU', seconds: 1, peak_memory_mb: 1, results: {}, output: [], samples: [] },
  series: Object.fromEntries(series.map((name) => [name, []])),
});

const runs = [
  run('sft_training', undefined, 'loss', 'entropy'),
  run('dpo_training', undefined, 'rewards/margins', 'loss'),
  run('dpo_training', 'long', 'loss'),
];
const said = (script: string, variants: string[], series: string[], of = runs) =>
  runMistakes(of, { script, variants, series }).map(({ message, suggestion }) => [message, suggestion]);

test('nothing is wrong with series that every variant recorded', () => {
  expect(said('dpo_training', ['plain', 'long'], ['loss'])).toEqual([]);
});

test.each([
  [
    'dpo_trainin',
    ['plain'],
    ['loss'],
    ['content/runs/ has no run of `dpo_trainin`', 'did you mean `dpo_training`?'],
  ],
  [
    'kto',
    ['plain'],
    ['loss'],
    [
      'content/runs/ has no run of `kto`',
      'record it with `npm run record`; recorded are dpo_training, sft_training',
    ],
  ],
  [
    'dpo_training',
    ['lang'],
    ['loss'],
    ['`dpo_training` has no recorded variant `lang`', 'did you mean `long`?'],
  ],
  [
    'dpo_training',
    ['reversed'],
    ['loss'],
    ['`dpo_training` has no recorded variant `reversed`', 'variants: plain, long'],
  ],
  [
    'dpo_training',
    ['plain', 'long'],
    ['rewards/margins'],
    ['the run of `dpo_training` has no series `rewards/margins`', 'series: loss'],
  ],
  [
    'dpo_training',
    ['plain'],
    ['loss', 'los'],
    ['the run of `dpo_training` has no series `los`', 'did you mean `loss`?'],
  ],
  [
    'sft_training',
    ['plain'],
    ['perplexity'],
    ['the run of `sft_training` has no series `perplexity`', 'series: entropy, loss'],
  ],
])('a figure of %s %j %j is told what the records lack', (script, variants, series, expected) => {
  expect(said(script, variants, series)).toEqual([expected]);
});

test('without any record there is nothing to name', () => {
  expect(said('kto', ['plain'], ['loss'], [])).toEqual([
    ['content/runs/ has no run of `kto`', 'record it with `npm run record`'],
  ]);
});
