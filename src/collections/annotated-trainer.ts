import { z } from 'zod';
import { entrySchema } from './entry.ts';

/** Frontmatter of `content/annotated-trainers/<slug>.mdx`. */
export const annotatedTrainerSchema = entrySchema
  .extend({
    distilled: z
      .string()
      .regex(/^[a-z0-9_]+$/, 'expected a file name without .py')
      .optional()
      .describe(
        'Name of the file in distilled/ that the page walks through, without .py. A draft may still lack it, and an imported page, which quotes its code itself.',
      ),
  })
  .check(({ value, issues }) => {
    if (value.distilled !== undefined || value.draft || !value.verified) return;
    issues.push({ code: 'invalid_type', expected: 'string', path: ['distilled'], input: undefined });
  })
  // The same for JSON Schema.
  .meta({
    anyOf: [
      { required: ['distilled'] },
      { required: ['verified'], properties: { verified: { const: false } } },
      { required: ['draft'], properties: { draft: { const: true } } },
    ],
  });

export type AnnotatedTrainerData = z.output<typeof annotatedTrainerSchema>;
