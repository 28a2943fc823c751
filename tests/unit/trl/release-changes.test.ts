import { expect, test } from 'vitest';
import { type Facts, factsSchema } from '../../../src/collections/facts.ts';
import { type Trainer, trainerSchema } from '../../../src/collections/trainer.ts';
import { changesOf } from '../../../src/trl/release-changes.ts';

const trainer: Trainer = trainerSchema.parse({
  slug: 'dpo',
  name: 'DPO',
  title: 'Direct Preference Optimization',
  class: 'DPOTrainer',
  config: 'DPOConfig',
  family: 'preference',
  summary: 'Fits a policy to pairs.',
  when_not: 'Never mind.',
  data: { columns: ['prompt'], format: 'preference' },
  models: ['policy'],
  generates: false,
  policy: 'off',
  difficulty: 1,
  memory: 1,
  aliases: ['dpo'],
  priority: 1,
  availability: [{ tier: 'stable', since: '0.25.1' }],
  facts: '1.16.0',
});

type Part = Record<string, unknown>;

function release(trl: string, trainerClass: Part | undefined, config: Part | undefined): Facts {
  const common = { module: 'trl.trainer.dpo', tier: 'stable', file: 'trl/x.py', lines: [1, 2], bases: [] };
  const parts = [
    trainerClass && { ...common, name: 'DPOTrainer', kind: 'trainer', import_path: 'trl', ...trainerClass },
    config && { ...common, name: 'DPOConfig', kind: 'config', import_path: 'trl', ...config },
  ];
  return factsSchema.parse({
    trl,
    tag: `v${trl}`,
    released: '2026-01-01',
    python: '3.11',
    transformers: '5.0.0',
    torch: '2.13.0',
    classes: parts.filter((each) => each !== undefined),
    functions: [],
    external: {},
  });
}

const field = (name: string, value: string | null, given: Part = {}) => ({
  name,
  type: 'int',
  default: value,
  inherited_from: null,
  overrides: false,
  ...given,
});
const parameter = (name: string, value: string | null) => ({
  name,
  kind: 'keyword_only',
  default: value,
  type: null,
});
const init = (...parameters: Part[]) => ({ name: '__init__', parameters });

test('moves, removals and changed defaults, each with the release of its last event', () => {
  const old = release(
    '0.25.1',
    {
      methods: [init(parameter('tokenizer', 'None')), { name: 'dpo_loss' }, { name: '_private' }],
      loss_types: ['aot_pair', 'sigmoid'],
    },
    { fields: [field('beta', '0.1'), field('gone', 'None'), field('same', '1')] },
  );
  const now = release(
    '1.16.0',
    { import_path: 'trl.experimental.dpo', methods: [init()], loss_types: ['sigmoid'] },
    { fields: [field('beta', '0.2'), field('same', '1'), field('new', '1')] },
  );
  const event = { before: '', after: '' };
  const history = {
    releases: ['0.25.1', '0.29.0', '1.2.0', '1.16.0'],
    events: [
      { release: '0.29.0', symbol: 'DPOConfig.beta', what: 'default' as const, ...event },
      { release: '1.2.0', symbol: 'DPOConfig.beta', what: 'default' as const, ...event },
      { release: '1.2.0', symbol: 'DPOConfig.gone', what: 'removed' as const, ...event },
    ],
  };
  expect(changesOf(trainer, [now, old], history)).toEqual([
    {
      symbol: 'DPOTrainer',
      kind: 'class',
      what: 'moved',
      before: 'trl',
      after: 'trl.experimental.dpo',
      since: undefined,
    },
    {
      symbol: 'DPOTrainer.__init__.tokenizer',
      kind: 'parameter',
      what: 'removed',
      before: 'None',
      after: null,
      since: undefined,
    },
    {
      symbol: 'DPOTrainer.dpo_loss',
      kind: 'method',
      what: 'removed',
      before: null,
      after: null,
      since: undefined,
    },
    {
      symbol: 'DPOTrainer.loss_type.aot_pair',
      kind: 'loss type',
      what: 'removed',
      before: null,
      after: null,
      since: undefined,
    },
    { symbol: 'DPOConfig.beta', kind: 'field', what: 'default', before: '0.1', after: '0.2', since: '1.2.0' },
    { symbol: 'DPOConfig.gone', kind: 'field', what: 'removed', before: 'None', after: null, since: '1.2.0' },
  ]);
});

test('a removed class is compared with the last release that has it', () => {
  const config = { fields: [field('kl_coef', '0.05')] };
  const old = release('0.25.1', {}, config);
  const last = release('1.12.0', {}, { fields: [field('kl_coef', '0.1')] });
  const now = release('1.16.0', undefined, undefined);
  expect(changesOf(trainer, [now, last, old], undefined).map(({ symbol, what }) => [symbol, what])).toEqual([
    ['DPOTrainer', 'removed'],
    ['DPOConfig', 'removed'],
    ['DPOConfig.kl_coef', 'default'],
  ]);
});

test('what only transformers declares is not TRL’s to change; an override is', () => {
  const inherited = { inherited_from: 'TrainingArguments' };
  const old = release(
    '0.25.1',
    {},
    { fields: [field('seed', '1', inherited), field('optim', '1', inherited)] },
  );
  const now = release('1.16.0', {}, { fields: [field('seed', '2', inherited), field('optim', '2')] });
  expect(changesOf(trainer, [now, old], undefined).map(({ symbol }) => symbol)).toEqual(['DPOConfig.optim']);
});

test('one release has no changes', () => {
  expect(changesOf(trainer, [release('1.16.0', {}, {})], undefined)).toEqual([]);
});
