import { readContent } from '../../collections/read-content.ts';
import type { Problem } from '../../errors/problem.ts';
import { checkContent } from '../content/index.ts';
import type { CheckMemory } from '../content/memory.ts';

/** A state of the content that is not written yet. */
export interface Draft {
  /** The text of each changed file as it would lie on the disk, by the name that problems use. */
  texts: ReadonlyMap<string, string>;
  problems: readonly Problem[];
}

/** Reads and checks the content with the changed texts in the place of those on the disk. */
export async function draftOf(
  contentDir: string,
  texts: ReadonlyMap<string, string>,
  base: string,
  memory: CheckMemory,
): Promise<Draft> {
  return { texts, problems: checkContent(await readContent(contentDir, texts), base, memory) };
}
