import { z } from 'zod';
import { entryRef, slug } from './entry.ts';
import { inputsSchema } from './recorded-run.ts';

/** One check that the Python tests ran against the real TRL. */
const verifiedCheck = z.object({
  id: z.string(),
  kind: z.enum(['facts', 'equality', 'fences', 'script']),
  trainers: z.array(slug),
  entry: entryRef.nullable(),
  title: z.string(),
  trl: z.string(),
  date: z.iso.date(),
  passed: z.int().min(0),
  failed: z.int().min(0),
  inputs: inputsSchema,
  versions: z.record(z.string(), z.string()),
});

/** `content/verification.json`, written by `npm run verify`. */
export const verificationSchema = z.object({ schema: z.literal(1), checks: z.array(verifiedCheck) });

export type Verification = z.output<typeof verificationSchema>;
export type VerifiedCheck = z.output<typeof verifiedCheck>;
