import { describe, expect, test } from 'vitest';
import { type Definition, definitionOf, digestOf, homeOf, signatureOf } from '../../../src/trl/definition.ts';
import { indexRelease } from '../../../src/trl/release.ts';
import { field, init, parameter, tinyFacts } from './tiny-facts.ts';

const release = indexRelease(
  tinyFacts('1.16.0', {
    classes: [
      {
        name: 'DPOTrainer',
        kind: 'trainer',
        digest: 'class',
        methods: [{ ...init(parameter('model', null), parameter('beta', '0.1')), digest: 'method' }],
      },
      { name: 'DPOConfig', kind: 'config', fields: [field('seed', '42'), field('beta', '0.1')] },
      { name: 'Collator', module: 'trl.trainer.dpo', import_path: 'trl.dpo' },
      { name: 'RewardTrainer', module: 'trl.trainer.reward' },
      { name: 'Collator', module: 'trl.trainer.reward', import_path: 'trl.reward' },
    ],
    functions: [
      {
        name: 'pad',
        module: 'trl.trainer.utils',
        digest: 'function',
        parameters: [parameter('tensors', null), parameter('side', "'left'")],
      },
      { name: 'pad', module: 'trl.data', import_path: 'trl.public' },
      { name: 'Make', module: 'trl.data' },
      { name: 'masked', module: 'trl.trainer.dpo', import_path: 'trl.dpo' },
      { name: 'masked', module: 'trl.trainer.reward', import_path: 'trl.reward' },
    ],
  }),
);

function find(symbol: string, near?: string): Definition {
  const found = definitionOf(symbol, release, near);
  if (!found) throw new Error(`expected a definition of ${symbol}`);
  return found;
}

/** What is found, where it is imported from, its digest and its signature. */
const told = (symbol: string, near?: string) => {
  const found = find(symbol, near);
  return [found.kind, homeOf(found), digestOf(found), signatureOf(found)];
};

describe('definitionOf finds', () => {
  test('a class', () => expect(told('DPOTrainer')).toEqual(['class', 'trl', 'class', undefined]));

  test('a method, with its signature', () =>
    expect(told('DPOTrainer.__init__')).toEqual(['method', 'trl', 'method', 'model, beta=0.1']));

  test('a field, which has no code of its own', () => {
    expect(told('DPOConfig.beta')).toEqual(['field', 'trl', null, undefined]);
    expect(find('DPOConfig.beta')).toMatchObject({ field: { name: 'beta' } });
  });

  test('a function, imported from its module when nothing exports it', () =>
    expect(told('pad')).toEqual(['function', 'trl.trainer.utils', 'function', "tensors, side='left'"]));
});

describe('of several definitions with one name', () => {
  test('the module that was written decides', () => {
    expect(told('trl.trainer.reward.Collator')[1]).toBe('trl.reward');
    expect(told('trl.data.pad')[1]).toBe('trl.public');
  });

  test('else the one beside the class that asks, else the first', () => {
    expect(told('Collator', 'RewardTrainer')[1]).toBe('trl.reward');
    expect(told('masked', 'RewardTrainer')[1]).toBe('trl.reward');
    expect(told('Collator')[1]).toBe('trl.dpo');
    expect(told('Collator', 'GoneTrainer')[1]).toBe('trl.dpo');
  });

  test('a module that a release calls otherwise does not hide a definition', () => {
    expect(told('trl.trainer.utils_old.pad')[0]).toBe('function');
    expect(told('trl.trainer.old.DPOTrainer')[0]).toBe('class');
  });
});

test.each(['GoneTrainer', 'DPOConfig.gone', 'DPOTrainer.gone', 'Make.x', 'no symbol'])(
  '%s has none',
  (text) => {
    expect(definitionOf(text, release)).toBeUndefined();
  },
);
