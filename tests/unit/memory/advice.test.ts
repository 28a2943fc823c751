import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { advise } from '../../../src/memory/advice.ts';
import { type MemorySettings, standardSettings } from '../../../src/memory/settings.ts';
import { profileOf, trainerNames } from '../../../src/memory/trainer-profiles.ts';

const named = z.object({ name: z.string() });
const facts = z.object({
  classes: z.array(named.extend({ fields: z.array(named).nullish() })),
  shared: z.object({ TrainingArguments: z.array(named) }),
});

/** The fields of a trainer's config, in the release that its page is about. */
function fieldsOf(trainer: MemorySettings['trainer']): Set<string> {
  const release = trainer === 'ppo' ? '1.12.0' : '1.16.0';
  const { classes, shared } = facts.parse(JSON.parse(readFileSync(`content/trl/${release}.json`, 'utf8')));
  const config = classes.find(({ name }) => name === profileOf(trainer).config);
  return new Set([...(config?.fields ?? []), ...shared.TrainingArguments].map(({ name }) => name));
}

/** Names that a change sets at its top level: not those inside brackets, nor the trainer's own argument. */
function fieldsIn(change: string): string[] {
  const flat = change.replace(/\([^)]*\)|\{[^}]*\}/g, '');
  const all = [...flat.matchAll(/\b([a-z]\w*)=/g)].map(([, name = '']) => name);
  return all.filter((name) => name !== 'peft_config' && !name.startsWith('bnb_'));
}

/** Settings that leave room for every piece of advice. */
const wasteful: Partial<MemorySettings>[] = [
  { precision: 'mixed', checkpointing: false, attention: 'eager', penalty: true, completion: 2048 },
  { precision: 'float32', checkpointing: false, penalty: true, gpus: 4, batch: 2, completion: 64 },
];

test.each(trainerNames)('advice for %s names fields that its config has', (trainer) => {
  const fields = fieldsOf(trainer);
  const found = wasteful.flatMap((given) => advise({ ...standardSettings, trainer, ...given }));
  const asked = new Set(found.flatMap(({ change }) => fieldsIn(change)));
  expect(asked.size).toBeGreaterThan(1);
  expect([...asked].filter((name) => !fields.has(name))).toEqual([]);
});

test('PPO is not told to set fields that it never acts on', () => {
  const found = wasteful.flatMap((given) => advise({ ...standardSettings, trainer: 'ppo', ...given }));
  const text = found.map(({ change }) => change).join('\n');
  expect(text).not.toMatch(/gradient_checkpointing=|model_init_kwargs|bf16=/);
  expect(text).toContain('gradient_checkpointing_enable()');
  expect(text).toContain('num_mini_batches=2');
});
