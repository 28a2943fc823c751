import { z } from 'zod';

/** A record of `content/default-runs.yaml`: what the memory estimator is told of a script's default run. */
export const defaultRunSchema = z.strictObject({
  script: z
    .string()
    .regex(/^[a-z0-9_]+$/, 'expected a file name without .py')
    .describe('File name in example-scripts/, without .py.'),
  run: z.string().min(1).describe('A state of the memory explorer: `trainer=dpo&batch=4`.'),
  holds: z.array(z.string().min(1)).min(1).describe('Pieces of the script from which that was read.'),
});

export type DefaultRun = z.output<typeof defaultRunSchema>;
