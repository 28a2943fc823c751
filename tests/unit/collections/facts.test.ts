import { expect, test } from 'vitest';
import { factsSchema } from '../../../src/collections/facts.ts';

const field = (name: string, value: string) => ({
  ...{ name, type: 'float', default: value },
  ...{ inherited_from: null, overrides: false },
});
const trlClass = (name: string, rest: object) => ({
  ...{ name, kind: 'config', module: 'trl', import_path: 'trl', tier: 'stable', file: 'a.py', lines: [1, 2] },
  ...{ bases: [], ...rest },
});
const facts = (classes: object[], shared?: object) =>
  factsSchema.parse({
    ...{ trl: '1.16.0', tag: 'v1.16.0', released: '', python: '', transformers: '', torch: '' },
    ...{ classes, shared, functions: [], external: {} },
  });

test('a class has what it shares after what it declares itself', () => {
  const shared = {
    TrainingArguments: [field('learning_rate', '5e-05'), field('seed', '42')],
    'transformers.Trainer': [{ name: 'train' }, { name: 'evaluate' }],
  };
  const classes = [
    trlClass('DPOConfig', { shares: 'TrainingArguments', fields: [field('learning_rate', '1e-06')] }),
    trlClass('DPOTrainer', { shares: 'transformers.Trainer', methods: [{ name: 'evaluate' }] }),
    trlClass('Alone', { fields: [field('x', '1')], methods: [{ name: 'y' }] }),
  ];
  const brief = facts(classes, shared).classes.map(({ fields, methods }) => [
    fields.map((each) => `${each.name}=${each.default}`),
    methods.map(({ name }) => name),
  ]);
  expect(brief).toEqual([
    [['learning_rate=1e-06', 'seed=42'], []],
    [[], ['evaluate', 'train']],
    [['x=1'], ['y']],
  ]);
});

test('facts of an old release share nothing', () => {
  expect(facts([]).shared).toEqual({ TrainingArguments: [], 'transformers.Trainer': [] });
});

test('what facts leave out is filled in', () => {
  const [config] = facts([
    trlClass('DPOConfig', { fields: [field('beta', '0.1')], methods: [{ name: 'f' }] }),
  ]).classes;
  expect(config).toMatchObject({
    ...{ digest: null, shares: null, config: null, paper: null, loss_types: [] },
    fields: [{ choices: null }],
    methods: [{ lines: null, digest: null, inherited_from: null, parameters: [] }],
  });
});
