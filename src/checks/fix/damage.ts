import type { Edit } from '../../errors/fix.ts';
import type { Problem } from '../../errors/problem.ts';
import type { Fixable } from './choose.ts';

/**
 * What fixes made worse, as `file:line  message`; undefined when nothing. A problem is worse when it was not there
 * before. Where a fix lets a file be read that could not be read, the problems that this uncovers are the author's,
 * and only those on the changed lines count.
 */
export function damage(
  fixes: readonly Fixable[],
  before: readonly Problem[],
  after: readonly Problem[],
): string | undefined {
  const known = new Map<string, number>();
  for (const each of before) known.set(signature(each), (known.get(signature(each)) ?? 0) + 1);
  for (const each of fixes) known.set(signature(each), (known.get(signature(each)) ?? 0) - 1);
  const uncovers = fixes.some(({ code }) => unreadable.test(code));
  for (const each of after) {
    const left = known.get(signature(each)) ?? 0;
    known.set(signature(each), left - 1);
    if (left > 0) continue;
    if (uncovers && !fixes.some((fix) => fix.file === each.file && onLines(each, fix.fix.edits))) continue;
    return `${each.file}:${each.line}  ${each.message}`;
  }
  return undefined;
}

/** Codes of problems that keep a file, or a record of it, from being read. */
const unreadable = /^(frontmatter|yaml|script-header)-/;

/** A problem whatever line it stands on: fixes move lines. */
function signature({ code, file, message }: Problem): string {
  return `${code} ${file} ${message}`;
}

function onLines({ line }: Problem, edits: readonly Edit[]): boolean {
  return edits.some((edit) => {
    const last = edit.line + edit.replacement.split('\n').length - 1;
    return line >= edit.line && line <= Math.max(last, edit.line);
  });
}
