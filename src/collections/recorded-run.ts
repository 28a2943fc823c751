import { z } from 'zod';
import { slug } from './entry.ts';

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** Digests of the files that a result was made from, by repository-relative path. */
export const inputsSchema = z.record(z.string(), digest);

/** `content/runs/<script>[.<variant>].json`, written by `npm run record`. */
export const recordedRunSchema = z.object({
  script: z.string(),
  variant: z.string().optional(),
  trainers: z.array(slug),
  args: z.array(z.string()),
  date: z.iso.date(),
  seed: z.int(),
  inputs: inputsSchema,
  versions: z.record(z.string(), z.string()),
  hardware: z.string(),
  seconds: z.number().positive(),
  peak_memory_mb: z.number().positive(),
  series: z.record(z.string(), z.array(z.tuple([z.number(), z.number()]))),
  results: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  /** What each cell of the script printed, by the line that printed first; of the plain run only. */
  output: z.array(z.strictObject({ line: z.int(), text: z.string() })).default([]),
  samples: z.array(z.record(z.string(), z.string())).default([]),
});

export type RecordedRun = z.output<typeof recordedRunSchema>;
