import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/*
 * A value in a file, behind a digest of itself: one that is damaged, or that somebody has changed, is noticed. A file
 * appears whole or not at all.
 */

const digestLength = 64;

/** Writes a value that JSON can hold. Makes the folder. */
export async function writeSealed(file: string, value: unknown): Promise<void> {
  const packed = deflateRawSync(JSON.stringify(value), { level: 1 });
  const draft = `${file}.${process.pid}`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(draft, Buffer.concat([Buffer.from(digestOf(packed), 'latin1'), packed]));
  await rename(draft, file);
}

/** @returns the value; `missing` when there is no file, `damaged` when it is not what was written */
export async function readSealed(file: string): Promise<{ value: unknown } | 'missing' | 'damaged'> {
  const found = await readFile(file).catch(() => undefined);
  if (found === undefined) return 'missing';
  const packed = found.subarray(digestLength);
  if (digestOf(packed) !== found.subarray(0, digestLength).toString('latin1')) return 'damaged';
  return { value: JSON.parse(inflateRawSync(packed).toString('utf8')) };
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
