import { expect, test } from 'vitest';
import { factsSchema } from '../../../src/collections/facts.ts';
import { documentedFields } from '../../../src/markdown/documented-fields.ts';
import { createTrlIndex } from '../../../src/trl/index.ts';

const field = (name: string) => ({
  name,
  type: 'float',
  default: '0.1',
  inherited_from: null,
  overrides: false,
});
const facts = factsSchema.parse({
  ...{ trl: '1.16.0', tag: 'v1.16.0', released: '', python: '', transformers: '', torch: '' },
  classes: [
    {
      ...{ name: 'KTOConfig', kind: 'config', module: 'trl.trainer.kto_config', import_path: 'trl' },
      ...{ tier: 'stable', file: 'trl/trainer/kto_config.py', lines: [1, 2], bases: [] },
      fields: [field('beta'), field('desirable_weight')],
    },
  ],
  ...{ functions: [], external: {} },
});

const found = (...bodies: string[]) =>
  Object.fromEntries(
    documentedFields(
      bodies.map((body, index) => ({ id: `page-${index + 1}`, body })),
      createTrlIndex([facts], []),
    ),
  );

test('the fields of a list are documented, also several in one item', () => {
  const body = [
    '<ConfigFields title="The loss" config="DPOConfig">',
    '',
    '- `beta`: The tie, to `not_this`: see `nor_this`.',
    '* `loss_type` , `alpha`: Both.',
    '  - `nested`: Below.',
    '',
    'Text with `prose`: no item.',
    '',
    '</ConfigFields>',
    '',
    '- `outside`: No table.',
  ].join('\n');
  expect(found(body)).toEqual({
    DPOConfig: 'page-1',
    'DPOConfig.beta': 'page-1',
    'DPOConfig.loss_type': 'page-1',
    'DPOConfig.alpha': 'page-1',
    'DPOConfig.nested': 'page-1',
  });
});

test('the rest of a config is all its fields; the first page with a row has it', () => {
  const first = '<ConfigFields config="KTOConfig">\n- `beta`: The tie.\n</ConfigFields>';
  expect(found(first, 'Text.\n<ConfigRest id="x" config="KTOConfig" />')).toEqual({
    KTOConfig: 'page-1',
    'KTOConfig.beta': 'page-1',
    'KTOConfig.desirable_weight': 'page-2',
  });
});

test('the rest of a config that TRL does not have is its name alone', () => {
  expect(found('<ConfigRest config="NoConfig" />')).toEqual({ NoConfig: 'page-1' });
});

test('a page without a table documents nothing', () => {
  expect(found('The `KTOConfig` of <ConfigFieldset config="KTOConfig"> is no table.')).toEqual({});
});
