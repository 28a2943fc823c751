import { z } from 'zod';
import { entrySchema } from './entry.ts';

/** Frontmatter of `content/annotated-trainers/<slug>.mdx`. */
export const annotatedTrainerSchema = entrySchema.extend({
  distilled: z
    .string()
    .regex(/^[a-z0-9_]+$/, 'expected a file name without .py')
    .describe('Name of the file in distilled/ that the page walks through, without .py.'),
});

export type AnnotatedTrainerData = z.output<typeof annotatedTrainerSchema>;
