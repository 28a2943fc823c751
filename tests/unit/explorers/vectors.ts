import { readFileSync } from 'node:fs';
import { z } from 'zod';

const file = z.record(z.string(), z.unknown());

/**
 * One set of values that the distilled code gave, `content/distilled/vectors.json`: an object of
 * `src/python/vector_sets/<name>.py`. Throws when the set is missing or has another shape.
 */
export function readVectors<S extends z.ZodType>(name: string, schema: S): z.output<S> {
  const sets = file.parse(JSON.parse(readFileSync('content/distilled/vectors.json', 'utf8')));
  return schema.parse(sets[name]);
}
