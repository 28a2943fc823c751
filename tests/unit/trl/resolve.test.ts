import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readContent } from '../../../src/collections/read-content.ts';
import { createTrlIndex } from '../../../src/trl/index.ts';

const source = await readContent(join(import.meta.dirname, '../../fixtures/markdown/content'));
const trl = createTrlIndex(source.facts, source.trainers);
const blob = 'https://github.com/huggingface/trl/blob';

describe('resolve finds', () => {
  test('a trainer, in the newest release', () => {
    expect(trl.resolve('DPOTrainer')).toEqual({
      kind: 'found',
      symbol: 'DPOTrainer',
      name: 'DPOTrainer',
      trl: '1.16.0',
      tag: 'v1.16.0',
      current: true,
      href: `${blob}/v1.16.0/trl/trainer/dpo_trainer.py#L404-L1730`,
      trainer: 'dpo',
    });
  });

  test('a field of a config, at the lines of the class', () => {
    expect(trl.resolve('DPOConfig.beta')).toMatchObject({
      symbol: 'DPOConfig.beta',
      config: 'DPOConfig',
      field: 'beta',
      trainer: 'dpo',
      href: `${blob}/v1.16.0/trl/trainer/dpo_config.py#L23-L388`,
    });
  });

  test('a field that transformers declares', () => {
    expect(trl.resolve('DPOConfig.num_train_epochs')).toMatchObject({
      kind: 'found',
      field: 'num_train_epochs',
    });
  });

  test('a method at its own lines, with or without parentheses', () => {
    const href = `${blob}/v1.16.0/trl/trainer/dpo_trainer.py#L1285-L1612`;
    expect(trl.resolve('DPOTrainer._compute_loss')).toMatchObject({ member: '_compute_loss', href });
    expect(trl.resolve('DPOTrainer._compute_loss()')).toMatchObject({
      symbol: 'DPOTrainer._compute_loss',
      href,
    });
  });

  test('an inherited method at the lines of the class', () => {
    expect(trl.resolve('DPOTrainer.save_model')).toMatchObject({
      member: 'save_model',
      href: `${blob}/v1.16.0/trl/trainer/dpo_trainer.py#L404-L1730`,
    });
  });

  test('a removed trainer in the last release that has it', () => {
    expect(trl.resolve('PPOTrainer')).toMatchObject({
      trl: '1.12.0',
      tag: 'v1.12.0',
      current: false,
      trainer: 'ppo',
    });
  });

  test('the same name in the module of the trainer whose page asks', () => {
    const file = (near?: string) => Reflect.get(trl.resolve('DataCollatorForPreference', near), 'href');
    expect(file('dpo')).toContain('/trl/trainer/dpo_trainer.py#');
    expect(trl.resolve('trl.trainer.reward_trainer.DataCollatorForPreference')).toMatchObject({
      href: expect.stringContaining('/trl/trainer/reward_trainer.py#'),
    });
  });

  test('a function by its whole path, and bare when its name can mean nothing else', () => {
    expect(trl.resolve('trl.trainer.utils.pad')).toMatchObject({ kind: 'found', symbol: 'pad' });
    expect(trl.resolve('selective_log_softmax')).toMatchObject({ kind: 'found' });
    expect(trl.resolve('pad')).toEqual({ kind: 'none' });
  });
});

describe('resolve does not claim', () => {
  test('classes of other libraries', () => {
    expect(trl.resolve('LoraConfig')).toEqual({ kind: 'external', library: 'peft' });
    expect(trl.resolve('LoraConfig.r')).toEqual({ kind: 'external', library: 'peft' });
  });

  test.each([
    'beta',
    'rpo_alpha',
    'torch.sigmoid',
    'F.logsigmoid',
    'trl.experimental',
    'rewards/margins',
    '',
    'Pairs',
  ])('%s', (text) => expect(trl.resolve(text)).toEqual({ kind: 'none' }));
});

describe('resolve refuses', () => {
  test.each([
    ['DPOConfig.betta', 'DPOConfig.beta'],
    ['DPOTrainer.evalute', 'DPOTrainer.evaluate'],
    ['DPOTrainr', 'DPOTrainer'],
    ['DpoConfig.beta', 'DPOConfig.beta'],
    ['trl.trainer.utils.padd', 'pad'],
  ])('%s and suggests %s', (written, suggestion) => {
    expect(trl.resolve(written)).toEqual({ kind: 'unknown', suggestion });
  });

  test('what nothing is near to, without a suggestion', () => {
    expect(trl.resolve('CompletelyDifferentConfig')).toEqual({ kind: 'unknown' });
  });

  test('a removed field, and says which release had it last', () => {
    expect(trl.resolve('DPOConfig.rpo_alpha')).toMatchObject({ kind: 'unknown', lastIn: '1.12.0' });
  });
});

describe('callable', () => {
  test('a config accepts its fields, inherited ones too', () => {
    expect(trl.callable('DPOConfig')).toEqual(expect.arrayContaining(['beta', 'output_dir']));
  });

  test('a trainer accepts the parameters of its __init__', () => {
    expect(trl.callable('DPOTrainer')).toEqual(expect.arrayContaining(['model', 'args', 'processing_class']));
    expect(trl.callable('DPOTrainer')).not.toContain('self');
  });

  test('of an unknown name nothing is known', () => {
    expect(trl.callable('LoraConfig')).toBeUndefined();
  });
});

test('config gives the class with the facts it comes from', () => {
  expect(trl.config('PPOConfig')?.facts.trl).toBe('1.12.0');
  expect(trl.config('DPOTrainer')).toBeUndefined();
});
