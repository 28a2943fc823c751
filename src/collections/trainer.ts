import { z } from 'zod';
import { slug } from './entry.ts';
import { families } from './family.ts';

export const family = z.enum(families);

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
  /** What the quick reference says; documented trainers have it. */
  reference: z
    .strictObject({
      /** TeX of the loss, in the site's notation. */
      loss: z.string(),
      /** What its symbols mean, in a sentence; Markdown. */
      where: z.string(),
      /** What the first logged loss is, in words and TeX; Markdown. */
      first_loss: z.string(),
      /** The first loss of the recorded tiny run, which a test compares with the record. */
      first_loss_recorded: z.number(),
      /** Fields of the config to know before all others. */
      key_arguments: z.array(z.string()).min(1).max(8),
      /** The shortest script that trains; the tests run it in the lab. */
      minimal: z.string(),
    })
    .optional(),
  /** For removed trainers: what to use today, and why. */
  instead: z.array(slug).default([]),
  instead_why: z.string().default(''),
  /** A record that is not finished: readers see neither it nor pages about it. */
  draft: z.boolean().default(false),
});

export type Trainer = z.output<typeof trainerSchema>;
