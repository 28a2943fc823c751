import type { Problem } from '../../errors/problem.ts';
import { readFoundFile } from './read-source.ts';
import { type FoundFile, walk } from './walk.ts';

/** A text file of the folder, read. */
export interface SourceFile extends Omit<FoundFile, 'absolute'> {
  text: string;
}

/** What lies in a folder of tutorials: the texts, and what was left out or repaired. */
export interface SourceFolder {
  sources: SourceFile[];
  problems: Problem[];
}

/**
 * Reads every Markdown and Python file of a folder, one at a time: a folder may hold more than memory does.
 *
 * @param progress is told after each file how many are done
 */
export async function readFolder(
  folder: string,
  progress: (done: number, of: number) => void,
): Promise<SourceFolder> {
  const { files, leftOut } = await walk(folder);
  const sources: SourceFile[] = [];
  const problems: Problem[] = [...leftOut];
  for (const [index, file] of files.entries()) {
    const read = await readFoundFile(file);
    problems.push(...read.problems);
    if (read.text !== undefined) sources.push({ path: file.path, shown: file.shown, text: read.text });
    progress(index + 1, files.length);
  }
  return { sources, problems };
}
