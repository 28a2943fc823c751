import { z } from 'zod';
import { entrySchema } from './entry.ts';

/** Frontmatter of `content/annotated-trainers/<slug>.mdx`. */
export const annotatedTrainerSchema = entrySchema
  .extend({
    /**
     * Name of the file in content/distilled/ that the page walks through. A draft may still lack it, and an
     * imported page, which quotes its code itself.
     */
    distilled: z
      .string()
      .regex(/^[a-z0-9_]+$/, 'expected a file name without .py')
      .optional(),
  })
  .check(({ value, issues }) => {
    if (value.distilled !== undefined || value.draft || !value.verified) return;
    issues.push({ code: 'invalid_type', expected: 'string', path: ['distilled'], input: undefined });
  });

export type AnnotatedTrainerData = z.output<typeof annotatedTrainerSchema>;
