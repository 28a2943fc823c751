import { describe, expect, test } from 'vitest';
import { type RecordedRun, recordedRunSchema } from '../../../src/collections/recorded-run.ts';
import { runNumbers, runPanels } from '../../../src/figures/run-panels.ts';
import { selectRuns } from '../../../src/figures/select-runs.ts';

function run(given: Partial<RecordedRun> = {}): RecordedRun {
  return recordedRunSchema.parse({
    script: 'dpo_training',
    trainers: ['dpo'],
    args: ['--tiny'],
    date: '2026-11-24',
    seed: 0,
    inputs: {},
    versions: { trl: '1.16.0' },
    hardware: '2 CPU cores',
    seconds: 40,
    peak_memory_mb: 900,
    series: {
      loss: [
        [1, 0.69],
        [2, 0.5],
        [3, 0.31],
      ],
      'rewards/chosen': [
        [1, 0],
        [2, -0.2],
        [3, -0.4],
      ],
      'rewards/rejected': [
        [1, 0],
        [2, -0.9],
        [3, -1.6],
      ],
      'rewards/accuracies': [
        [1, 0.5],
        [2, 0.8],
        [3, 0.95],
      ],
      'eval_rewards/accuracies': [[3, 0.9]],
    },
    results: {},
    ...given,
  });
}

const swapped = run({ variant: 'swapped' });
const runs = [run(), swapped];
const ask = (script: string, series: string[], variants = ['plain']) =>
  selectRuns(runs, { script, series, variants }, 'guides/x.mdx');

describe('selectRuns', () => {
  test('finds the plain run and variants, in the order asked for', () => {
    expect(ask('dpo_training', ['loss'])).toEqual([runs[0]]);
    expect(ask('dpo_training', ['loss'], ['swapped', 'plain'])).toEqual([swapped, runs[0]]);
  });

  test('says what is not there, and names what is', () => {
    expect(() => ask('dpo-training', ['loss'])).toThrow(
      'guides/x.mdx: content/runs/ has no run of `dpo-training`; did you mean `dpo_training`?',
    );
    expect(() => ask('ppo', ['loss'])).toThrow('record it with `npm run record`; recorded are dpo_training');
    expect(() => ask('dpo_training', ['loss'], ['other'])).toThrow('variants: plain, swapped');
    expect(() => ask('dpo_training', ['rewards/margin'])).toThrow('has no series `rewards/margin`');
    expect(() => ask('dpo_training', ['kl'])).toThrow(
      'series: eval_rewards/accuracies, loss, rewards/accuracies, rewards/chosen, rewards/rejected',
    );
  });

  test('refuses a series that is a single point', () => {
    expect(() => ask('dpo_training', ['eval_rewards/accuracies'])).toThrow(
      'expected at least 2 points of `eval_rewards/accuracies` in the run of `dpo_training`, found 1',
    );
  });
});

describe('runPanels', () => {
  const panels = (series: string[], smooth = false) => runPanels([run()], series, smooth);

  test('series of one unit share a panel, others have their own', () => {
    const found = panels(['rewards/chosen', 'rewards/accuracies', 'rewards/rejected']);
    expect(found.map(({ spec }) => [spec.y.label, spec.lines.map(({ name }) => name)])).toEqual([
      ['rewards', ['chosen', 'rejected']],
      ['rewards/accuracies', ['accuracies']],
    ]);
  });

  test('chosen and rejected have their colours; a single line needs no label', () => {
    const [rewards, loss] = panels(['rewards/rejected', 'rewards/chosen', 'loss']);
    expect(rewards?.spec.lines.map(({ tone }) => tone)).toEqual(['rejected', 'chosen']);
    expect([rewards?.spec.labels, loss?.spec.labels]).toEqual([true, false]);
  });

  test('several runs: a panel a series, a line a run', () => {
    const found = runPanels(runs, ['loss', 'rewards/chosen', 'rewards/rejected'], false);
    expect(found).toHaveLength(3);
    const names = found.map(({ spec }) => spec.lines.map(({ name }) => name));
    expect(names).toEqual([
      ['plain', 'swapped'],
      ['plain', 'swapped'],
      ['plain', 'swapped'],
    ]);
    const looks = found[0]?.spec.lines.map(({ tone, dash }) => `${tone} ${dash}`);
    expect(new Set(looks).size).toBe(2);
  });

  test('a run is named by its bug', () => {
    const [panel] = runPanels([run(), run({ variant: 'bug-both-fall' })], ['loss'], false);
    expect(panel?.spec.lines.map(({ name }) => name)).toEqual(['plain', 'both-fall']);
  });

  test('a share is not drawn beyond 1', () => {
    const [share] = panels(['rewards/accuracies']);
    expect(share?.spec.y.domain).toEqual([0.5, 1]);
  });

  test('is described by its first and last values', () => {
    expect(panels(['loss'])[0]?.description).toBe('loss: 0.69 at step 1, 0.31 at step 3');
  });

  test('few values are dots', () => {
    const many = run({ series: { loss: Array.from({ length: 60 }, (_, i) => [i, 1 / (i + 1)]) } });
    const dotted = [run(), many].map((each) => runPanels([each], ['loss'], false)[0]?.spec.lines[0]?.dotted);
    expect(dotted).toEqual([true, false]);
  });

  test('smoothing keeps the values, faintly', () => {
    const [loss] = panels(['loss'], true);
    expect(loss?.spec.lines.map(({ faint }) => faint === true)).toEqual([true, false]);
  });
});

describe('runNumbers', () => {
  const loss: [number, number][] = Array.from({ length: 100 }, (_, i) => [i + 1, 1 / (i + 1)]);

  test('evenly spaced steps, each column with its own decimals', () => {
    const long = run({ series: { loss, 'logps/chosen': loss.map(([step]) => [step, -step / 4]) } });
    expect(runNumbers([long], ['loss', 'logps/chosen'], 4)).toEqual({
      heads: ['loss', 'logps/chosen'],
      rows: [
        { step: '1', values: ['1.00', '−0.3'] },
        { step: '34', values: ['0.03', '−8.5'] },
        { step: '67', values: ['0.01', '−16.8'] },
        { step: '100', values: ['0.01', '−25.0'] },
      ],
    });
  });

  test('the steps of the series that was logged least often', () => {
    const sampled = run({
      series: {
        loss,
        exact: [
          [0, 0.2],
          [50, 0.6],
          [100, 0.9],
        ],
      },
    });
    expect(runNumbers([sampled], ['loss', 'exact']).rows).toEqual([
      { step: '0', values: ['', '0.200'] },
      { step: '50', values: ['0.02', '0.600'] },
      { step: '100', values: ['0.01', '0.900'] },
    ]);
  });
});
