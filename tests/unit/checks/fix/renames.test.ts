import { beforeAll, expect, test } from 'vitest';
import { certainField, certainRename, renameTables } from '../../../../src/checks/content/certain-renames.ts';
import { readContent } from '../../../../src/collections/read-content.ts';
import { createTrlIndex, type TrlIndex } from '../../../../src/trl/index.ts';

const { byClass, byTrainer, ofTrainers, ofTrainingArguments } = renameTables;
const inClasses = Object.entries(byClass).flatMap(([name, renames]) =>
  Object.entries(renames).map(([old, now]) => [name, old, now] as const),
);
const intoConfigs = Object.entries(byTrainer).flatMap(([name, renames]) =>
  Object.entries(renames).map(([old, now]) => [name, old, now] as const),
);

let trl: TrlIndex;
beforeAll(async () => {
  const { facts, trainers } = await readContent('content');
  trl = createTrlIndex(facts, trainers);
});
const accepts = (name: string) => trl.callable(name) ?? [];

test.each(inClasses)('%s no longer takes %s, and takes %s', (name, old, now) => {
  expect(accepts(name)).toContain(now);
  expect(accepts(name)).not.toContain(old);
  expect(certainRename(name, old)).toBe(now);
});

test.each(intoConfigs)('%s no longer takes %s, and its config takes %s', (name, old, now) => {
  expect(accepts(name.replace('Trainer', 'Config'))).toContain(now);
  expect(accepts(name)).not.toContain(old);
  expect(certainField(name, old)).toBe(now);
});

test('what every config, and every trainer, called otherwise', () => {
  for (const [old, now] of Object.entries(ofTrainingArguments)) {
    expect(accepts('SFTConfig')).toContain(now);
    expect(accepts('SFTConfig')).not.toContain(old);
    expect(certainRename('SFTConfig', old)).toBe(now);
    expect(certainRename('ModelConfig', old)).toBeUndefined();
  }
  for (const [old, now] of Object.entries(ofTrainers)) {
    expect(accepts('SFTTrainer')).toContain(now);
    expect(accepts('SFTTrainer')).not.toContain(old);
    expect(certainRename('SFTTrainer', old)).toBe(now);
  }
});

test('what is only alike is not certain, nor is a name that every object has', () => {
  expect(certainRename('SFTTrainer', 'dataset')).toBeUndefined();
  expect(certainRename('DPOConfig', 'max_target_length')).toBeUndefined();
  expect(certainRename('GRPOConfig', 'kl_coef')).toBeUndefined();
  expect(certainRename('RLOOConfig', 'total_episodes')).toBeUndefined();
  expect(certainRename('SFTConfig', 'constructor')).toBeUndefined();
});
