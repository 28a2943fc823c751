import { z } from 'zod';
import { entryRef, slug } from './entry.ts';

/** A record of `content/glossary.yaml`: one term or symbol, defined once for the whole site. */
export const glossaryTermSchema = z.strictObject({
  id: slug.describe('What links call it: `[reference model](glossary:reference-model)`.'),
  term: z.string().describe('The term, as it is written in a sentence.'),
  symbol: z.string().optional().describe('Its symbol: TeX without dollar signs.'),
  plain: z.array(z.string()).default([]).describe('Other spellings, for search.'),
  definition: z.string().describe('One to three sentences; Markdown.'),
  see: z
    .array(entryRef)
    .default([])
    .describe('Pages that say more: `trainers/<id>`, `guides/<id>` or `examples/<id>`.'),
  papers: z.array(z.string()).default([]).describe('Ids of papers.yaml. In quotes: `"2305.18290"`.'),
});

export const glossarySchema = z.array(glossaryTermSchema).min(1);

export type GlossaryTerm = z.output<typeof glossaryTermSchema>;
