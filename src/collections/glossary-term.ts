import { z } from 'zod';
import { entryRef, slug } from './entry.ts';

/** A record of `content/glossary.yaml`: one term or symbol, defined once for the whole site. */
export const glossaryTermSchema = z.strictObject({
  id: slug,
  term: z.string(),
  /** TeX without dollar signs. */
  symbol: z.string().optional(),
  /** Other spellings, for search. */
  plain: z.array(z.string()).default([]),
  /** One to three sentences, Markdown. */
  definition: z.string(),
  see: z.array(entryRef).default([]),
  papers: z.array(z.string()).default([]),
});

export const glossarySchema = z.array(glossaryTermSchema).min(1);

export type GlossaryTerm = z.output<typeof glossaryTermSchema>;
