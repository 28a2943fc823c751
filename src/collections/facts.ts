import { z } from 'zod';

const lines = z.tuple([z.int().positive(), z.int().positive()]);

const parameter = z.object({
  name: z.string(),
  kind: z.string(),
  /** Python repr; null when the parameter is required. */
  default: z.string().nullable(),
  type: z.string().nullable(),
});

/** Tells two versions of a definition apart: of its code without comments and docstrings. */
const digest = z.string().nullable().default(null);

const method = z.object({
  name: z.string(),
  lines: lines.nullable().default(null),
  digest,
  inherited_from: z.string().nullable().default(null),
  parameters: z.array(parameter).default([]),
});

const configField = z.object({
  name: z.string(),
  type: z.string(),
  /** Python repr; null when the field is required. */
  default: z.string().nullable(),
  inherited_from: z.string().nullable(),
  /** The TRL class declares an inherited field anew, usually for another default. */
  overrides: z.boolean(),
  choices: z.array(z.unknown()).nullable().default(null),
});

const trlClass = z.object({
  name: z.string(),
  kind: z.enum(['trainer', 'config', 'collator', 'callback', 'other']),
  module: z.string(),
  import_path: z.string(),
  tier: z.enum(['stable', 'experimental']),
  file: z.string(),
  lines,
  digest,
  bases: z.array(z.string()),
  /** The list of `shared` whose entries the class inherits unchanged. */
  shares: z.string().nullable().default(null),
  config: z.string().nullable().default(null),
  paper: z.string().nullable().default(null),
  loss_types: z.array(z.string()).default([]),
  methods: z.array(method).default([]),
  fields: z.array(configField).default([]),
});

const trlFunction = z.object({
  name: z.string(),
  module: z.string(),
  import_path: z.string().nullable().default(null),
  file: z.string(),
  lines,
  digest,
  parameters: z.array(parameter).default([]),
});

const factsFileSchema = z.object({
  trl: z.string(),
  tag: z.string(),
  released: z.string(),
  python: z.string(),
  transformers: z.string(),
  torch: z.string(),
  classes: z.array(trlClass),
  /** What transformers gives to every config and every trainer, stored once. */
  shared: z
    .object({
      TrainingArguments: z.array(configField).default([]),
      'transformers.Trainer': z.array(method).default([]),
    })
    .default({ TrainingArguments: [], 'transformers.Trainer': [] }),
  functions: z.array(trlFunction),
  /** Names that look like TRL's but belong to another library. */
  external: z.record(z.string(), z.string()),
});

/** The entries of `inherited` that `own` does not declare anew, after `own`. */
function withInherited<T extends { name: string }>(own: T[], inherited: T[]): T[] {
  const names = new Set(own.map((entry) => entry.name));
  return [...own, ...inherited.filter((entry) => !names.has(entry.name))];
}

/**
 * `content/trl/<version>.json`: facts read off an installed TRL. No docstrings.
 * Parsing gives each class its full list of fields and methods, the shared ones included.
 */
export const factsSchema = factsFileSchema.transform(({ shared, ...facts }) => ({
  ...facts,
  shared,
  classes: facts.classes.map((entry) => {
    if (entry.shares === 'TrainingArguments')
      return { ...entry, fields: withInherited(entry.fields, shared.TrainingArguments) };
    if (entry.shares === 'transformers.Trainer')
      return { ...entry, methods: withInherited(entry.methods, shared['transformers.Trainer']) };
    return entry;
  }),
}));

export type Facts = z.output<typeof factsSchema>;
export type TrlClass = z.output<typeof trlClass>;
export type TrlFunction = z.output<typeof trlFunction>;
export type TrlMethod = z.output<typeof method>;
export type ConfigField = z.output<typeof configField>;
