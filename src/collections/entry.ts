import { z } from 'zod';

/** A trainer's slug: lower case, hyphens (`online-dpo`). */
export const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case words joined by hyphens');

/** A reference to an entry: `trainers/dpo`, `guides/dpo-loss` or `examples/dpo-training`. */
export const entryPattern = /^(trainers|guides|examples)\/[a-z0-9-]+$/;
export const entryRef = z
  .string()
  .regex(entryPattern, 'expected trainers/<id>, guides/<id> or examples/<id>');

/**
 * The keys that all three kinds of page share. Scripts hold them in `[tool.tutorial]`. What a field is for stands in
 * its description, which editors show.
 */
export const entrySchema = z.strictObject({
  title: z.string().min(3).max(90).describe('Heading of the page, and its name in lists.'),
  question: z
    .string()
    .min(10)
    .endsWith('?', 'expected a question that ends with "?"')
    .describe('The one question that the page answers. Ends with a question mark.'),
  summary: z.string().min(20).max(220).describe('One or two sentences, for cards and search results.'),
  trainers: z
    .array(slug)
    .default([])
    .describe(
      'Slugs of the registry (`dpo`). The page belongs to the set of each; more than three make a survey.',
    ),
  difficulty: z.int().min(1).max(4).describe('1 (first steps) to 4 (research).'),
  prerequisites: z
    .array(z.string())
    .default([])
    .describe('What a reader should know before; inline Markdown.'),
  covers: z.array(z.string()).min(1).describe('Topics that the page covers; STATUS lists them.'),
  papers: z.array(z.string()).default([]).describe('Ids of papers.yaml. In quotes: `"2305.18290"`.'),
  next: z
    .array(entryRef)
    .default([])
    .describe('What to read next: `trainers/<id>`, `guides/<id>` or `examples/<id>`.'),
  verified: z
    .boolean()
    .default(true)
    .describe(
      'False for imported pages whose API names nobody has checked: unknown names are warnings then.',
    ),
  draft: z.boolean().default(false).describe('Draft pages are not published.'),
  unchecked: z
    .array(z.string())
    .default([])
    .describe('What nobody checked, in plain words: `a GPU run`. The page says so at its top.'),
});

export type EntryData = z.output<typeof entrySchema>;

/** Whether a page surveys trainers: it stands beside their sets and is no part of any. */
export function isSurvey({ trainers }: { trainers: readonly string[] }): boolean {
  return trainers.length === 0 || trainers.length > 3;
}
