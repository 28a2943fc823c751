import { readFileSync } from 'node:fs';
import { z } from 'zod';

const byName = z.record(z.string(), z.string());

const namesSchema = z.object({
  releases: z.array(z.string()),
  newest: z.string(),
  /** Number of lines of each source file of the newest release. */
  files: z.record(z.string(), z.int()),
  exports: z.record(z.string(), z.array(z.string())),
  gone: z.object({ modules: byName, names: z.record(z.string(), byName), members: byName }),
});

/** What src/python/trl_names.py read off the wheels of all releases. */
export const trlNames = namesSchema.parse(
  JSON.parse(readFileSync(new URL('trl-names.json', import.meta.url), 'utf8')),
);
