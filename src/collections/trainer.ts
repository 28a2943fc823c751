import { z } from 'zod';
import { slug } from './entry.ts';
import { families } from './family.ts';

export const family = z.enum(families);

export const tier = z.enum(['stable', 'experimental', 'removed']);
export type Tier = z.output<typeof tier>;

/** A registry record, `content/trainers/<slug>.yaml`: what a trainer is, documented or not. */
export const trainerSchema = z.strictObject({
  slug: slug.describe('The name of the file: `dpo`.'),
  name: z.string().describe('Short name: `DPO`.'),
  title: z.string().describe('Full name: `Direct Preference Optimization`.'),
  class: z.string().endsWith('Trainer').describe('The class of TRL: `DPOTrainer`.'),
  config: z.string().endsWith('Config').describe('Its config class: `DPOConfig`.'),
  family: family.describe('What it learns from; gives the trainer its colour.'),
  summary: z.string().max(240).describe('One line: what it does.'),
  when_not: z.string().describe('When another trainer is the better choice.'),
  data: z
    .strictObject({
      columns: z.array(z.string()).min(1).describe('Columns that a row must have.'),
      optional: z.array(z.string()).default([]).describe('Columns that it may have.'),
      format: z
        .enum([
          'language-modeling',
          'prompt-completion',
          'preference',
          'unpaired-preference',
          'prompt-only',
          'stepwise',
        ])
        .describe('The type of data set, as TRL sorts them.'),
      note: z.string().default('').describe('What else to know about the rows.'),
    })
    .describe('What one row of the data looks like.'),
  models: z
    .array(z.enum(['policy', 'reference', 'reward', 'value', 'teacher']))
    .min(1)
    .describe('Models held in memory with default settings.'),
  generates: z.boolean().describe('Whether it generates completions while it trains.'),
  policy: z.enum(['on', 'off']).describe('On- or off-policy. In quotes: YAML reads a bare `on` in two ways.'),
  difficulty: z.int().min(1).max(4).describe('1 (first steps) to 4 (research).'),
  memory: z.int().min(1).max(4).describe('1 (little) to 4 (much).'),
  aliases: z.array(z.string()).min(1).describe('Other names that people search for.'),
  papers: z.array(z.string()).default([]).describe('Ids of papers.yaml. In quotes: `"2305.18290"`.'),
  priority: z.int().min(1).describe('Order of documentation, 1 first.'),
  availability: z
    .array(
      z.strictObject({
        tier: tier.describe('Where the class stands from this release on.'),
        since: z.string().describe('A release in quotes: `"1.13.0"`, or `"<=0.25.1"` for "at the latest".'),
      }),
    )
    .min(1)
    .describe('Oldest first; the last one holds in the newest release.'),
  facts: z
    .string()
    .describe('The newest release that has the class, in quotes; content/trl/ holds its facts.'),
  reference: z
    .strictObject({
      loss: z.string().describe("TeX of the loss, in the site's notation, without dollar signs."),
      where: z.string().describe('What its symbols mean, in a sentence; Markdown.'),
      first_loss: z.string().describe('What the first logged loss is, in words and TeX; Markdown.'),
      first_loss_recorded: z
        .number()
        .describe('The first loss of the recorded tiny run; a test compares it with the record.'),
      key_arguments: z
        .array(z.string())
        .min(1)
        .max(8)
        .describe('Fields of the config to know before all others.'),
      minimal: z.string().describe('The shortest script that trains; the tests run it in the lab.'),
    })
    .optional()
    .describe('What the quick reference says; documented trainers have it.'),
  instead: z.array(slug).default([]).describe('For a removed trainer: what to use today.'),
  instead_why: z.string().default('').describe('For a removed trainer: why; Markdown.'),
  draft: z
    .boolean()
    .default(false)
    .describe('A record that is not finished: readers see neither it nor pages about it.'),
});

export type Trainer = z.output<typeof trainerSchema>;
