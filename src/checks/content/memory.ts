import { createHash } from 'node:crypto';
import type { ContentSource } from '../../collections/content-source.ts';
import { entriesOf } from '../../collections/content-source.ts';
import type { Problem } from '../../errors/problem.ts';
import { type Remembered, remembered } from '../../kept/remembered.ts';
import type { PythonTree } from './python-tree.ts';

/** What checks of one folder share, from one to the next: while somebody writes, most of it is as it was. */
export interface CheckMemory {
  python: Remembered<PythonTree>;
  /** What is wrong with a Markdown text. */
  markdown: Remembered<Problem[]>;
}

/** @param markdown what an earlier check found, in another process */
export function checkMemory(markdown?: ReadonlyMap<string, Problem[]>): CheckMemory {
  return { python: remembered(), markdown: remembered(markdown) };
}

/**
 * Names what the Markdown of pages is resolved with: every file but the pages' own text, the fields of each page, and
 * the tables of config fields, which pages link to. As long as it is the same, so are the mistakes of a text.
 */
export function markdownState(source: ContentSource, base: string): string {
  const hash = createHash('sha256').update(base);
  const entries = entriesOf(source);
  const pages = new Set<string>(entries.map(({ file }) => file));
  // Files are read side by side, in any order.
  for (const file of [...source.texts.keys()].sort()) {
    if (!pages.has(file)) hash.update(`\0${file}\0${source.texts.get(file)}`);
  }
  for (const { file, data } of entries) hash.update(`\0${file}\0${JSON.stringify(data)}`);
  for (const { body } of source.annotated) {
    for (const [table] of body.matchAll(/<Config(Fields|Rest)\b[\s\S]*?(<\/ConfigFields>|\/>)/g))
      hash.update(table);
  }
  return hash.digest('hex');
}
