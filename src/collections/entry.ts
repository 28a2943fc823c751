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

/** The keys that all three kinds of page share. Scripts hold them in `[tool.tutorial]`. */
export const entrySchema = z.strictObject({
  title: z.string().min(3).max(90),
  /** The one question that the page answers. */
  question: z.string().min(10).endsWith('?', 'expected a question that ends with "?"'),
  /** For cards and search results. */
  summary: z.string().min(20).max(220),
  trainers: z.array(slug).default([]),
  /** 1 (first steps) to 4 (research). */
  difficulty: z.int().min(1).max(4),
  /** What a reader should know before; inline Markdown. */
  prerequisites: z.array(z.string()).default([]),
  /** Topics that the page covers; STATUS lists them. */
  covers: z.array(z.string()).min(1),
  papers: z.array(z.string()).default([]),
  /** What to read next. */
  next: z.array(entryRef).default([]),
  /** False for imported pages whose API names nobody has checked yet. */
  verified: z.boolean().default(true),
  draft: z.boolean().default(false),
  /** What nobody checked, in plain words ("a GPU run"). */
  unchecked: z.array(z.string()).default([]),
});

export type EntryData = z.output<typeof entrySchema>;

/** Whether a page surveys trainers: it stands beside their sets and is no part of any. */
export function isSurvey({ trainers }: { trainers: readonly string[] }): boolean {
  return trainers.length === 0 || trainers.length > 3;
}
