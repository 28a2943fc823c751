import { z } from 'zod';

const lines = z.tuple([z.int().positive(), z.int().positive()]);

const parameter = z.object({
  name: z.string(),
  kind: z.string(),
  /** Python repr; null when the parameter is required. */
  default: z.string().nullable(),
  type: z.string().nullable(),
});

const method = z.object({
  name: z.string(),
  lines: lines.nullable().default(null),
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
  bases: z.array(z.string()),
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
  parameters: z.array(parameter).default([]),
});

/** `content/trl/<version>.json`: facts read off an installed TRL. No docstrings. */
export const factsSchema = z.object({
  trl: z.string(),
  tag: z.string(),
  released: z.string(),
  python: z.string(),
  transformers: z.string(),
  torch: z.string(),
  classes: z.array(trlClass),
  functions: z.array(trlFunction),
  /** Names that look like TRL's but belong to another library. */
  external: z.record(z.string(), z.string()),
});

export type Facts = z.output<typeof factsSchema>;
export type TrlClass = z.output<typeof trlClass>;
export type TrlFunction = z.output<typeof trlFunction>;
export type TrlMethod = z.output<typeof method>;
export type ConfigField = z.output<typeof configField>;
