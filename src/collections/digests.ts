import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordedRun } from './recorded-run.ts';
import type { Verification } from './verification.ts';

/**
 * Digests (`sha256:<hex>` of the raw bytes) of every file that a check or a recorded run was made from.
 * Paths are relative to the working directory; the prefix `content/` stands for `contentDir`.
 * A file that does not exist is absent from the result.
 */
export async function readDigests(
  { verification, runs }: { verification: Verification; runs: readonly RecordedRun[] },
  contentDir: string,
): Promise<Map<string, string>> {
  const paths = new Set([...verification.checks, ...runs].flatMap(({ inputs }) => Object.keys(inputs)));
  const digests = await Promise.all(
    [...paths].sort().map(async (path) => [path, await digest(onDisk(path, contentDir))] as const),
  );
  return new Map(digests.flatMap(([path, value]) => (value === undefined ? [] : [[path, value]])));
}

function onDisk(path: string, contentDir: string): string {
  return path.startsWith('content/') ? join(contentDir, path.slice('content/'.length)) : path;
}

async function digest(file: string): Promise<string | undefined> {
  try {
    return `sha256:${createHash('sha256')
      .update(await readFile(file))
      .digest('hex')}`;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error(`cannot read ${file} to compare it with its digest`, { cause: error });
  }
}
