import { readContent } from '../../../../src/collections/read-content.ts';
import type { Problem } from '../../../../src/errors/problem.ts';
import type { ImportFile } from '../../../../src/import/import-file.ts';
import { reportOn } from '../../../../src/import/report/index.ts';

/** The content that this project's own pages are held to. */
export const content = await readContent('content');

/** A text as the import hands it on. */
export function imported(path: string, text: string, rest: Partial<ImportFile> = {}): ImportFile {
  return { path, shown: path, text, role: 'document', trainers: [], ref: undefined, ...rest };
}

export function report(...files: ImportFile[]): Problem[] {
  return reportOn(files, content);
}

/** `3 ORPOTrainer`: the line, and what the caret marks. */
export function marked({ line, column, length = 1, excerpt = '' }: Problem): string {
  return `${line} ${excerpt.slice(column - 1, column - 1 + length)}`;
}

/** `3 ORPOTrainer: write …`: with the cure. */
export function brief(found: Problem): string {
  return `${marked(found)}: ${found.suggestion}`;
}
