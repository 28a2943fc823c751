import { type Facts, factsSchema } from '../../../src/collections/facts.ts';
import { type Trainer, trainerSchema } from '../../../src/collections/trainer.ts';

type Part = Record<string, unknown>;

/** Facts of a release with these classes and functions; the parts need only what the test is about. */
export function tinyFacts(
  trl: string,
  { classes = [], functions = [], external = {} }: { classes?: Part[]; functions?: Part[]; external?: Part },
): Facts {
  const place = { module: 'trl.trainer.dpo', file: 'trl/x.py', lines: [1, 2] };
  return factsSchema.parse({
    trl,
    tag: `v${trl}`,
    released: '2026-01-01',
    python: '3.11',
    transformers: '5.0.0',
    torch: '2.13.0',
    classes: classes.map((each) => ({
      ...place,
      kind: 'other',
      tier: 'stable',
      import_path: 'trl',
      bases: [],
      ...each,
    })),
    functions: functions.map((each) => ({ ...place, ...each })),
    external,
  });
}

/** A field of a config, declared by itself, of type int. */
export const field = (name: string, value: string | null, given: Part = {}) => ({
  name,
  type: 'int',
  default: value,
  inherited_from: null,
  overrides: false,
  ...given,
});

/** A keyword argument; null as its default makes it required. */
export const parameter = (name: string, value: string | null, kind = 'keyword_only') => ({
  name,
  kind,
  default: value,
  type: null,
});

export const init = (...parameters: Part[]) => ({ name: '__init__', parameters });

/** A record of the registry. */
export function tinyTrainer(slug: string, name: string): Trainer {
  return trainerSchema.parse({
    slug,
    name: slug.toUpperCase(),
    title: 'Direct Preference Optimization',
    class: `${name}Trainer`,
    config: `${name}Config`,
    family: 'preference',
    summary: 'Fits a policy to pairs.',
    when_not: 'Never mind.',
    data: { columns: ['prompt'], format: 'preference' },
    models: ['policy'],
    generates: false,
    policy: 'off',
    difficulty: 1,
    memory: 1,
    aliases: [slug],
    priority: 1,
    availability: [{ tier: 'stable', since: '0.25.1' }],
    facts: '1.16.0',
  });
}
