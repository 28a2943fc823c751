import { join } from 'node:path';
import { z } from 'zod';
import type { PageFindings } from '../checks/dist/index.ts';
import type { Problem } from '../errors/problem.ts';
import { readSealed, writeSealed } from '../kept/sealed.ts';

/** What the checks of a good build found, by what they looked at: in texts, and in built pages. */
export interface KeptChecks {
  texts: ReadonlyMap<string, Problem[]>;
  pages: ReadonlyMap<string, PageFindings>;
}

/** Behind its seal stands what this generator wrote: only that it is a table has to be seen. */
const keptSchema = z.object({
  generator: z.string(),
  texts: z.array(z.tuple([z.string(), z.custom<Problem[]>(Array.isArray)])),
  pages: z.array(z.tuple([z.string(), z.custom<PageFindings>((value) => typeof value === 'object')])),
});

/**
 * What is kept in the folder; nothing when another state of the generator kept it, or when it is damaged.
 *
 * @param generator digest of the generator, taken when the build began
 */
export async function readChecks(cache: string, generator: string): Promise<KeptChecks> {
  const found = await readSealed(fileOf(cache));
  const kept = typeof found === 'object' ? keptSchema.safeParse(found.value).data : undefined;
  const isOurs = kept?.generator === generator;
  return { texts: new Map(isOurs ? kept.texts : []), pages: new Map(isOurs ? kept.pages : []) };
}

/** Keeps what was found. */
export async function writeChecks(
  cache: string,
  generator: string,
  { texts, pages }: KeptChecks,
): Promise<void> {
  await writeSealed(fileOf(cache), { generator, texts: [...texts], pages: [...pages] });
}

function fileOf(cache: string): string {
  return join(cache, 'checks');
}
