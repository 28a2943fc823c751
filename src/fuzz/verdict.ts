import { z } from 'zod';

/** What the check said of one case. */
export const verdictSchema = z.object({
  index: z.number(),
  outcome: z.enum(['refused', 'accepted', 'crashed', 'hung']),
  /** The codes of the errors, or what a crash said. */
  said: z.array(z.string()),
  ms: z.number(),
});
export type Verdict = z.output<typeof verdictSchema>;
