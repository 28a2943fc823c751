import { describe, expect, test } from 'vitest';
import { createTrlIndex } from '../../../src/trl/index.ts';
import { parseSymbol } from '../../../src/trl/symbol.ts';
import { field, tinyFacts, tinyTrainer } from './tiny-facts.ts';

describe('a symbol is taken apart', () => {
  test.each([
    ['DPOConfig.beta', undefined, 'DPOConfig', 'beta'],
    ['DPOTrainer._compute_loss()', undefined, 'DPOTrainer', '_compute_loss'],
    ['_Hidden', undefined, '_Hidden', undefined],
    ['pad', undefined, 'pad', undefined],
    ['trl', undefined, 'trl', undefined],
    ['trl.trainer.utils.pad', 'trl.trainer.utils', 'pad', undefined],
    ['trl.DPOConfig.beta', 'trl', 'DPOConfig', 'beta'],
    // A capital inside a word begins no class.
    ['trl.trainer.getBatch', 'trl.trainer', 'getBatch', undefined],
    ['trl.getBatch.pad', 'trl.getBatch', 'pad', undefined],
  ])('%s', (text, module, name, member) => expect(parseSymbol(text)).toEqual({ module, name, member }));

  test.each([
    'torch.sigmoid',
    'F.log.sigmoid',
    'torch.Tensor',
    'trl.DPOConfig.beta.real',
    'see DPOConfig',
    'DPOConfig!',
    'DPOTrainer(',
    '',
  ])('%s is none', (text) => expect(parseSymbol(text)).toBeUndefined());
});

const collator = (module: string, given = {}) => ({
  name: 'Collator',
  module,
  import_path: module,
  file: `${module}.py`,
  ...given,
});

describe('of several classes with one name', () => {
  const trainers = [tinyTrainer('dpo', 'DPO'), tinyTrainer('reward', 'Reward')];
  const fileOf = (symbol: string, near: string | undefined, ...classes: Record<string, unknown>[]) => {
    const owners = [
      { name: 'DPOTrainer', kind: 'trainer', module: 'trl.dpo' },
      { name: 'RewardTrainer', kind: 'trainer', module: 'trl.reward' },
    ];
    const trl = createTrlIndex([tinyFacts('1.16.0', { classes: [...owners, ...classes] })], trainers);
    const found = trl.resolve(symbol, near);
    return found.kind === 'found' ? /blob\/v1\.16\.0\/(.*)\.py/.exec(found.href)?.[1] : found.kind;
  };

  test('the one beside the trainer whose page asks is meant', () => {
    const both = [collator('trl.dpo'), collator('trl.reward')];
    expect(fileOf('Collator', 'reward', ...both)).toBe('trl.reward');
    expect(fileOf('Collator', 'dpo', ...both)).toBe('trl.dpo');
  });

  test('the same name asked for by two pages is two answers of one index', () => {
    const classes = [
      { name: 'RewardTrainer', kind: 'trainer', module: 'trl.reward' },
      collator('trl.dpo'),
      collator('trl.reward'),
    ];
    const trl = createTrlIndex([tinyFacts('1.16.0', { classes })], trainers);
    expect(trl.resolve('Collator')).toMatchObject({ href: expect.stringContaining('trl.dpo.py') });
    expect(trl.resolve('Collator', 'reward')).toMatchObject({
      href: expect.stringContaining('trl.reward.py'),
    });
    // This release has no DPOTrainer for the collator to stand beside.
    expect(trl.resolve('Collator', 'dpo')).toMatchObject({ href: expect.stringContaining('trl.dpo.py') });
  });

  test('without such a page the first, and a stable one before an experimental one', () => {
    expect(fileOf('Collator', undefined, collator('trl.dpo'), collator('trl.reward'))).toBe('trl.dpo');
    const experimental = collator('trl.experimental.x', { tier: 'experimental' });
    expect(fileOf('Collator', undefined, experimental, collator('trl.reward'))).toBe('trl.reward');
    expect(fileOf('Collator', undefined, collator('trl.reward'), experimental)).toBe('trl.reward');
  });

  test('what trl itself exports goes before nearness, and nearness before stability', () => {
    const exported = collator('trl.dpo', { import_path: 'trl', tier: 'experimental' });
    expect(fileOf('Collator', 'reward', collator('trl.reward'), exported)).toBe('trl.dpo');
    const near = collator('trl.reward', { tier: 'experimental' });
    expect(fileOf('Collator', 'reward', collator('trl.dpo'), near)).toBe('trl.reward');
  });

  test('the module that was written, where it lies or where it is imported from, decides', () => {
    const hidden = collator('trl.dpo.collators', { import_path: 'trl.reward' });
    expect(fileOf('trl.dpo.collators.Collator', 'reward', collator('trl.dpo'), hidden)).toBe(
      'trl.dpo.collators',
    );
    expect(fileOf('trl.reward.Collator', 'dpo', collator('trl.dpo'), hidden)).toBe('trl.dpo.collators');
  });
});

describe('look-ups in a release', () => {
  const trl = createTrlIndex(
    [
      tinyFacts('1.16.0', {
        classes: [
          { name: 'DPOTrainer', kind: 'trainer', methods: [{ name: 'train' }] },
          { name: 'DPOConfig', kind: 'config', fields: [field('beta', '0.1')] },
          { name: 'Sampler' },
        ],
        functions: [
          { name: 'log_softmax', file: 'trl/log.py' },
          { name: '_pad', file: 'trl/pad.py' },
          { name: '__pad', file: 'trl/pad.py' },
          { name: 'Make', file: 'trl/make.py' },
          { name: 'sum_of', module: 'trl.sums.inner', import_path: 'trl.sums' },
        ],
        external: { Tensor: 'torch' },
      }),
      tinyFacts('1.12.0', {
        classes: [
          { name: 'DPOConfig', module: 'trl.old', fields: [] },
          { name: 'DPOConfig', kind: 'config', fields: [field('rpo_alpha', 'None')] },
        ],
      }),
      tinyFacts('1.0.0', {
        classes: [
          { name: 'DPOConfig', kind: 'config', fields: [field('rpo_alpha', 'None'), field('tools', 'None')] },
        ],
        functions: [{ name: 'old_function' }],
      }),
    ],
    [tinyTrainer('dpo', 'DPO')],
  );

  test('a function whose name is two words is TRL’s; one word, underscores aside, may mean anything', () => {
    expect(trl.resolve('log_softmax')).toMatchObject({
      kind: 'found',
      href: expect.stringMatching(/log\.py#L1-L2$/),
    });
    expect(trl.resolve('_pad')).toEqual({ kind: 'none' });
    expect(trl.resolve('__pad')).toEqual({ kind: 'none' });
  });

  test('a function has no members', () => {
    expect(trl.resolve('trl.trainer.dpo.Sampler.log_softmax')).toEqual({ kind: 'unknown' });
    expect(trl.resolve('log_softmax.x')).toEqual({ kind: 'none' });
    expect(trl.resolve('trl.Make')).toMatchObject({ kind: 'unknown' });
    expect(trl.resolve('trl.trainer.dpo.Make')).toMatchObject({ kind: 'found', symbol: 'Make' });
    expect(trl.resolve('trl.trainer.dpo.Make.x')).toMatchObject({ kind: 'unknown' });
  });

  test('a removed field was last in the newest of the older releases that had it, in whichever class', () => {
    expect(trl.resolve('DPOConfig.rpo_alpha')).toEqual({ kind: 'unknown', lastIn: '1.12.0' });
    expect(trl.resolve('DPOConfig.tools')).toEqual({ kind: 'unknown', lastIn: '1.0.0' });
  });

  test('another class of that name in the same release is no older one', () => {
    const classes = [
      { name: 'Twin', module: 'trl.a', import_path: 'trl' },
      { name: 'Twin', module: 'trl.b', import_path: 'trl.b', methods: [{ name: 'only_here' }] },
    ];
    const twins = createTrlIndex([tinyFacts('1.16.0', { classes })], []);
    expect(twins.resolve('Twin.only_here')).toEqual({ kind: 'unknown' });
  });

  test('a removed function is found where it was, and is not current', () => {
    expect(trl.resolve('old_function')).toMatchObject({ trl: '1.0.0', tag: 'v1.0.0', current: false });
  });

  test('a module, where it lies or where it is imported from, is no symbol', () => {
    expect(trl.resolve('trl.trainer')).toEqual({ kind: 'none' });
    expect(trl.resolve('trl.sums.inner')).toEqual({ kind: 'none' });
    expect(trl.resolve('trl.sums')).toEqual({ kind: 'none' });
    expect(trl.resolve('trl.sumz')).toMatchObject({ kind: 'unknown' });
  });

  test('another library’s class is external only when no module of TRL stands before it', () => {
    expect(trl.resolve('Tensor')).toEqual({ kind: 'external', library: 'torch' });
    expect(trl.resolve('trl.Tensor')).toMatchObject({ kind: 'unknown' });
    expect(trl.resolve('toString')).toEqual({ kind: 'none' });
  });

  test('CamelCase two letters off a trainer or config is a slip of the pen; three letters off it is not', () => {
    expect(trl.resolve('DPOTrainrr')).toEqual({ kind: 'unknown', suggestion: 'DPOTrainer' });
    expect(trl.resolve('DPOTraine')).toEqual({ kind: 'unknown', suggestion: 'DPOTrainer' });
    expect(trl.resolve('DPOConfg')).toEqual({ kind: 'unknown', suggestion: 'DPOConfig' });
    expect(trl.resolve('DPOTrain')).toEqual({ kind: 'unknown', suggestion: 'DPOTrainer' });
    expect(trl.resolve('DPOTraxxx')).toEqual({ kind: 'none' });
    // Alike, but no trainer and no config; alike, but not in CamelCase.
    expect(trl.resolve('Samplr')).toEqual({ kind: 'none' });
    expect(trl.resolve('DPOCONFIG')).toEqual({ kind: 'none' });
    expect(trl.resolve('dpoConfig')).toEqual({ kind: 'none' });
  });

  test('a name that ends like a trainer’s or config’s must be one of TRL’s', () => {
    expect(trl.resolve('SomethingElseConfig')).toEqual({ kind: 'unknown' });
    expect(trl.resolve('myTrainer')).toEqual({ kind: 'none' });
    expect(trl.resolve('ourDPOLikeTrainer')).toEqual({ kind: 'none' });
    expect(trl.resolve('TrainerOfTrainers')).toEqual({ kind: 'none' });
  });

  test('functions are suggested for functions, classes for classes, of older releases too', () => {
    expect(trl.resolve('trl.trainer.dpo.log_softmx')).toEqual({ kind: 'unknown', suggestion: 'log_softmax' });
    expect(trl.resolve('trl.trainer.dpo.old_functio')).toEqual({
      kind: 'unknown',
      suggestion: 'old_function',
    });
    expect(trl.resolve('trl.trainer.dpo.logSoftmx')).toMatchObject({ suggestion: 'log_softmax' });
    expect(trl.resolve('trl.Samplr.x')).toEqual({ kind: 'unknown', suggestion: 'Sampler.x' });
  });

  test('the same question gets the very same answer', () => {
    expect(trl.resolve('DPOConfig.beta')).toBe(trl.resolve('DPOConfig.beta'));
  });
});

test('without facts nothing is TRL’s', () => {
  const trl = createTrlIndex([], []);
  expect(trl.newest).toBeUndefined();
  expect(trl.resolve('DPOConfig')).toEqual({ kind: 'unknown' });
  expect(trl.callable('DPOConfig')).toBeUndefined();
});
