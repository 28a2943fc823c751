import { describe, expect, test } from 'vitest';
import type { TrlHistory } from '../../../src/collections/trl-history.ts';
import { changesBetween, changesOf } from '../../../src/trl/release-changes.ts';
import { field, init, parameter, tinyFacts, tinyTrainer } from './tiny-facts.ts';

const trainer = tinyTrainer('dpo', 'DPO');

type Part = Record<string, unknown>;

const release = (trl: string, trainerClass: Part | undefined, config: Part | undefined) =>
  tinyFacts(trl, {
    classes: [
      ...(trainerClass ? [{ name: 'DPOTrainer', kind: 'trainer', ...trainerClass }] : []),
      ...(config ? [{ name: 'DPOConfig', kind: 'config', ...config }] : []),
    ],
  });

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

test('a class that the oldest release lacks breaks no older script', () => {
  const old = release('0.25.1', {}, undefined);
  const now = release('1.16.0', {}, { fields: [field('beta', '0.1')] });
  expect(changesOf(trainer, [now, old], undefined)).toEqual([]);
});

test('without a release there is nothing to compare', () => {
  expect(changesOf(trainer, [], undefined)).toEqual([]);
});

describe('between two releases everything that changed is told, what is new included', () => {
  const between = (before: Part | undefined, after: Part | undefined, history?: TrlHistory) =>
    changesBetween(
      ['DPOTrainer', 'DPOConfig'],
      release('1.0.0', before, undefined),
      release('1.2.0', after, undefined),
      history,
    );

  test('a class that is gone, or new, is one change', () => {
    const full = { methods: [init(parameter('model', null))], loss_types: ['ipo'] };
    const change = { symbol: 'DPOTrainer', kind: 'class', since: undefined };
    expect(between(full, undefined)).toEqual([{ ...change, what: 'removed', before: 'trl', after: null }]);
    expect(between(undefined, full)).toEqual([{ ...change, what: 'added', before: null, after: 'trl' }]);
  });

  test('a class that stays as it is, is none', () => {
    const same = { methods: [init(parameter('model', null)), { name: 'train' }], loss_types: ['ipo'] };
    expect(between(same, same)).toEqual([]);
  });

  test('parameters, methods and losses that came', () => {
    expect(
      between(
        { methods: [{ name: 'train' }] },
        {
          methods: [
            { name: 'train' },
            init(parameter('model', 'None')),
            { name: 'score' },
            { name: '_hidden' },
          ],
          loss_types: ['ipo'],
        },
      ),
    ).toEqual([
      {
        symbol: 'DPOTrainer.__init__.model',
        kind: 'parameter',
        what: 'added',
        before: null,
        after: 'None',
        since: undefined,
      },
      {
        symbol: 'DPOTrainer.score',
        kind: 'method',
        what: 'added',
        before: null,
        after: null,
        since: undefined,
      },
      {
        symbol: 'DPOTrainer.loss_type.ipo',
        kind: 'loss type',
        what: 'added',
        before: null,
        after: null,
        since: undefined,
      },
    ]);
  });

  test('a parameter by its default and by its type', () => {
    const older = { ...parameter('model', 'None'), type: 'str' };
    const newer = { ...parameter('model', null), type: 'str | Model' };
    const common = { symbol: 'DPOTrainer.__init__.model', kind: 'parameter', since: undefined };
    expect(between({ methods: [init(older)] }, { methods: [init(newer)] })).toEqual([
      { ...common, what: 'default', before: 'None', after: null },
      { ...common, what: 'type', before: 'str', after: 'str | Model' },
    ]);
  });

  test('a method that the base takes over neither left nor came', () => {
    const own = { methods: [{ name: 'train' }] };
    const inherited = { methods: [{ name: 'train', inherited_from: 'BaseTrainer' }] };
    expect(between(own, inherited)).toEqual([]);
    expect(between(inherited, own)).toEqual([]);
    expect(between(inherited, {})).toEqual([]);
  });

  test('the history tells the release: of the same kind of change, after the older, up to the newer', () => {
    const at = (release: string, what: 'removed' | 'moved' = 'removed') => ({
      release,
      symbol: 'DPOTrainer',
      what,
      before: 'trl',
      after: '',
    });
    const since = (...events: TrlHistory['events']) =>
      between({}, undefined, { releases: [], events }).map((change) => change.since);
    expect(since(at('1.1.0'))).toEqual(['1.1.0']);
    expect(since(at('1.2.0'))).toEqual(['1.2.0']);
    expect(since(at('1.0.0'))).toEqual([undefined]);
    expect(since(at('1.3.0'))).toEqual([undefined]);
    expect(since(at('1.1.0'), at('1.2.0', 'moved'))).toEqual(['1.1.0']);
  });
});
