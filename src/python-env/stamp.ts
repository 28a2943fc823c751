import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const stampSchema = z.strictObject({
  /** sha256 of requirements.txt. */
  requirements: z.string(),
  /** Where the environment was made: its programs name their interpreter by absolute path. */
  folder: z.string(),
  python: z.string(),
});

/** What an environment was made from; written last, so that an environment without it is half made. */
export type Stamp = z.output<typeof stampSchema>;

export type EnvironmentState = 'missing' | 'half made' | 'moved' | 'out of date' | 'ready';

const stampFile = (folder: string) => join(folder, 'made-from.json');

/** The interpreter of an environment. */
export const interpreter = (folder: string) => join(folder, 'bin', 'python');

/** The digest of a requirements file's bytes. */
export function digestOf(file: string): string {
  return `sha256:${createHash('sha256').update(readFileSync(file)).digest('hex')}`;
}

/** Whether the environment in `folder` (absolute) can be used for `requirements`; starts no process. */
export function environmentState(folder: string, requirements: string): EnvironmentState {
  if (!existsSync(folder)) return 'missing';
  const stamp = readStamp(folder);
  if (!stamp || !existsSync(interpreter(folder))) return 'half made';
  // A link to an environment is that environment: several checkouts may share one.
  if (stamp.folder !== folder && stamp.folder !== realpathSync(folder)) return 'moved';
  return stamp.requirements === digestOf(requirements) ? 'ready' : 'out of date';
}

function readStamp(folder: string): Stamp | undefined {
  try {
    return stampSchema.safeParse(JSON.parse(readFileSync(stampFile(folder), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Marks the environment as whole. */
export function writeStamp(folder: string, stamp: Stamp): void {
  writeFileSync(stampFile(folder), `${JSON.stringify(stamp, null, 2)}\n`);
}

/** Marks the environment as half made, which it is from here until it is stamped again. */
export function removeStamp(folder: string): void {
  rmSync(stampFile(folder), { force: true });
}
