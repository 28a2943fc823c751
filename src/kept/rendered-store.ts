import { createHash } from 'node:crypto';
import { rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { filesBelow } from './files-below.ts';
import { generatorDigest } from './generator-digest.ts';
import { readSealed, writeSealed } from './sealed.ts';

const day = 24 * 60 * 60 * 1000;
/** What no build has asked for in so many milliseconds is thrown away. */
export const keptFor = 14 * day;

/**
 * Values kept from build to build by what they were made from. Each is a file with a digest of itself, so that one
 * that is damaged, or that somebody has changed, is noticed and made anew. Builds may run side by side: a file
 * appears whole or not at all, and says the same whoever writes it.
 */
export interface RenderedStore {
  /** Digest of the generator. */
  fingerprint: string;
  /**
   * The kept value, or a new one that is kept from now on.
   *
   * @param madeFrom everything that the value depends on, besides the generator itself
   * @param schema what a kept value must look like
   */
  kept<T>(madeFrom: readonly string[], schema: z.ZodType<T>, make: () => Promise<T>): Promise<T>;
}

/**
 * @param dir folder for the files; made when needed
 * @param fingerprint digest of the generator: code, settings and packages. Another one knows nothing of the values
 * @param damaged is told of a file that does not hold what was written
 */
export function renderedStore(
  dir: string,
  fingerprint: string,
  damaged: (file: string) => void = () => undefined,
): RenderedStore {
  return {
    fingerprint,
    async kept(madeFrom, schema, make) {
      const key = digestOf(JSON.stringify([fingerprint, ...madeFrom]));
      const file = join(dir, key.slice(0, 2), key);
      const found = await readSealed(file);
      const parsed = typeof found === 'object' ? schema.safeParse(found.value) : undefined;
      if (parsed?.success) {
        await touch(file);
        return parsed.data;
      }
      if (found !== 'missing') damaged(file);
      const value = await make();
      await writeSealed(file, value);
      return value;
    },
  };
}

/** The store that `npm run build` names; a server for authors keeps nothing, since its plugins change under way. */
export async function buildStore(
  env: Readonly<Record<string, string | undefined>>,
): Promise<RenderedStore | undefined> {
  const dir = env.RENDERED_STORE;
  if (dir === undefined || dir === '') return undefined;
  const damaged = (file: string) => console.warn(`${file} does not hold what was written: rendered anew`);
  return renderedStore(dir, await generatorDigest(), damaged);
}

/** Throws away what no build has asked for in a long time. */
export async function pruneStore(dir: string, now = Date.now()): Promise<void> {
  for (const file of await filesBelow(dir)) {
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: now }));
    if (now - mtimeMs > keptFor) await rm(file, { force: true });
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Says that a file is in use, once a day. */
async function touch(file: string): Promise<void> {
  const now = new Date();
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: now.getTime() }));
  if (now.getTime() - mtimeMs > day) await utimes(file, now, now).catch(() => undefined);
}
