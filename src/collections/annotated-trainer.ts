import { z } from 'zod';
import { entrySchema } from './entry.ts';

/** Frontmatter of `content/annotated-trainers/<slug>.mdx`. */
export const annotatedTrainerSchema = entrySchema.extend({
  /** Name of the file in content/distilled/ that the page walks through. */
  distilled: z.string().regex(/^[a-z0-9_]+$/, 'expected a file name without .py'),
});

export type AnnotatedTrainerData = z.output<typeof annotatedTrainerSchema>;
