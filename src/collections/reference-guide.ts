import type { z } from 'zod';
import { entrySchema } from './entry.ts';

/** Frontmatter of `content/reference-guides/<slug>.mdx`. */
export const referenceGuideSchema = entrySchema.extend({});

export type ReferenceGuideData = z.output<typeof referenceGuideSchema>;
