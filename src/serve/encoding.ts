import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Answer } from './static-files.ts';

/** What `npm run build -- --precompress` leaves beside a file, the smallest first. */
const packed = [
  { encoding: 'br', extension: '.br' },
  { encoding: 'gzip', extension: '.gz' },
] as const;

/**
 * A file as it is sent: what was compressed at build time where the client reads it, else compressed now if it is
 * text.
 *
 * @param accepts the request's `Accept-Encoding`
 */
export async function encoded(
  dir: string,
  { file, type, body }: Extract<Answer, { status: 200 | 404 }>,
  accepts: string,
): Promise<{ body: Uint8Array; encoding?: 'br' | 'gzip' }> {
  for (const { encoding, extension } of packed) {
    if (!new RegExp(`\\b${encoding}\\b`).test(accepts)) continue;
    const ready = await readFile(join(dir, file + extension)).catch(() => undefined);
    if (ready) return { body: ready, encoding };
  }
  const zips = /\bgzip\b/.test(accepts) && /^text|json|xml|svg/.test(type);
  return zips ? { body: gzipSync(body), encoding: 'gzip' } : { body };
}
