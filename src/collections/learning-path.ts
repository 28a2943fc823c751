import { z } from 'zod';
import { entryRef, slug } from './entry.ts';

/** A learning path, `content/learning-paths/<slug>.yaml`. */
export const learningPathSchema = z.strictObject({
  slug,
  title: z.string(),
  audience: z.string(),
  outcome: z.string(),
  steps: z
    .array(
      z.strictObject({
        entry: entryRef,
        why: z.string(),
        checkpoint: z.strictObject({ question: z.string(), answer: z.string() }),
      }),
    )
    .min(1),
});

export type LearningPath = z.output<typeof learningPathSchema>;
