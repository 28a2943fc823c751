import { expect, test } from 'vitest';
import { createTrlIndex } from '../../../src/trl/index.ts';
import { field, init, parameter, tinyFacts } from './tiny-facts.ts';

const trl = createTrlIndex(
  [
    tinyFacts('1.16.0', {
      classes: [
        {
          name: 'BaseTrainer',
          methods: [{ name: 'train' }, init(parameter('self', null), parameter('model', null))],
        },
        {
          name: 'DPOTrainer',
          kind: 'trainer',
          bases: ['Trainer', 'DPOTrainer', 'BaseTrainer'],
          methods: [{ ...init(parameter('other', null)), inherited_from: 'BaseTrainer' }],
        },
        { name: 'DPOConfig', kind: 'config', fields: [field('beta', '0.1'), field('gone', null)] },
        { name: 'Open', methods: [init(parameter('model', null), parameter('kwargs', null, 'var_keyword'))] },
        {
          name: 'Listed',
          methods: [init(parameter('args', null, 'var_positional'), parameter('last', null))],
        },
        { name: 'Foreign', bases: ['Module'] },
      ],
      functions: [{ name: 'pad', parameters: [parameter('tensors', null), parameter('side', null)] }],
    }),
    tinyFacts('1.12.0', {
      classes: [{ name: 'PPOConfig', kind: 'config', fields: [field('kl_coef', '0.05')] }],
    }),
  ],
  [],
);

test.each([
  ['a config accepts its fields', 'DPOConfig', ['beta', 'gone']],
  ['a class without an __init__ of its own, what its base accepts', 'DPOTrainer', ['model']],
  ['a function its parameters', 'pad', ['tensors', 'side']],
  ['positional arguments have no keyword', 'Listed', ['last']],
  ['an older class what it accepted last', 'PPOConfig', ['kl_coef']],
])('%s', (_, name, accepted) => expect(trl.callable(name)).toEqual(accepted));

test.each([
  ['of **kwargs, which take anything', 'Open'],
  ['of a class whose base is another library’s', 'Foreign'],
  ['of an unknown name', 'Trainer'],
])('nothing is known %s', (_, name) => expect(trl.callable(name)).toBeUndefined());
