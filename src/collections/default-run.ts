import { z } from 'zod';

/** A record of `content/default-runs.yaml`: what the memory estimator is told of a script's default run. */
export const defaultRunSchema = z.strictObject({
  /** File name in example-scripts/, without .py. */
  script: z.string().regex(/^[a-z0-9_]+$/, 'expected a file name without .py'),
  /** A state of the memory explorer: `trainer=dpo&batch=4`. */
  run: z.string().min(1),
  /** Pieces of the script from which that was read. */
  holds: z.array(z.string().min(1)).min(1),
});

export type DefaultRun = z.output<typeof defaultRunSchema>;
