import { z } from 'zod';
import { slug } from './entry.ts';

export const families = [
  'supervised',
  'preference',
  'reward',
  'rl',
  'online-preference',
  'distillation',
] as const;

export const family = z.enum(families);
export type Family = z.output<typeof family>;

export const tier = z.enum(['stable', 'experimental', 'removed']);
export type Tier = z.output<typeof tier>;

/** A registry record, `content/trainers/<slug>.yaml`: what a trainer is, documented or not. */
export const trainerSchema = z.strictObject({
  slug,
  name: z.string(),
  title: z.string(),
  class: z.string().endsWith('Trainer'),
  config: z.string().endsWith('Config'),
  family,
  summary: z.string().max(240),
  when_not: z.string(),
  data: z.strictObject({
    columns: z.array(z.string()).min(1),
    optional: z.array(z.string()).default([]),
    format: z.enum([
      'language-modeling',
      'prompt-completion',
      'preference',
      'unpaired-preference',
      'prompt-only',
      'stepwise',
    ]),
    note: z.string().default(''),
  }),
  /** Models held in memory with default settings. */
  models: z.array(z.enum(['policy', 'reference', 'reward', 'value', 'teacher'])).min(1),
  generates: z.boolean(),
  policy: z.enum(['on', 'off']),
  difficulty: z.int().min(1).max(4),
  memory: z.int().min(1).max(4),
  aliases: z.array(z.string()).min(1),
  papers: z.array(z.string()).default([]),
  /** Order of documentation, 1 first. */
  priority: z.int().min(1),
  /** Oldest first; the last one holds in the newest release. */
  availability: z.array(z.strictObject({ tier, since: z.string() })).min(1),
  /** The newest release that has the class. */
  facts: z.string(),
  /** For removed trainers: what to use today, and why. */
  instead: z.array(slug).default([]),
  instead_why: z.string().default(''),
});

export type Trainer = z.output<typeof trainerSchema>;
