/**
 * One change of a file: what stands in a range of it, and what takes its place. Lines and columns count from 1
 * (columns in UTF-16 units, as editors do), `endColumn` is the first one after the range. A byte order mark does
 * not count, and a line ends at `\n`, `\r\n` or `\r`.
 */
export interface Edit {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  /** The text of the range, lines joined by `\n`: the edit holds only where it still stands. */
  old: string;
  /** Lines joined by `\n`; the file's own line ends are used when it is written. */
  replacement: string;
}

/** A change that mends a problem for certain: its meaning is the author's. All edits lie in the problem's file. */
export interface Fix {
  edits: readonly Edit[];
}

/** The edit that replaces `text` from one offset to another. */
export function editOf(text: string, from: number, to: number, replacement: string): Edit {
  const start = pointAt(text, from);
  const end = pointAt(text, to);
  const old = text.slice(from, to);
  return { ...start, endLine: end.line, endColumn: end.column, old, replacement };
}

/** An edit of a part of a file, as an edit of the file. */
export function shifted(edit: Edit, lines: number, columns: number): Edit {
  return {
    ...edit,
    line: edit.line + lines,
    column: edit.column + columns,
    endLine: edit.endLine + lines,
    endColumn: edit.endColumn + columns,
  };
}

function pointAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const lineEnd = /\r\n|\n|\r/g;

/**
 * Makes edits in a text as it was read off the disk, byte order mark and line ends included.
 *
 * @returns undefined when an edit does not meet its `old` text, or two edits overlap
 */
export function applyEdits(text: string, edits: readonly Edit[]): string | undefined {
  const starts = [text.startsWith('\uFEFF') ? 1 : 0];
  for (const { 0: end, index } of text.matchAll(lineEnd)) starts.push(index + end.length);
  const newline = text.match(lineEnd)?.[0] ?? '\n';
  const offset = (line: number, column: number) => (starts[line - 1] ?? Number.NaN) + column - 1;
  const ranges = edits
    .map((edit) => ({
      edit,
      from: offset(edit.line, edit.column),
      to: offset(edit.endLine, edit.endColumn),
    }))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  let made = '';
  let done = 0;
  for (const { edit, from, to } of ranges) {
    if (!(from >= done && to >= from)) return undefined;
    if (text.slice(from, to).replace(lineEnd, '\n') !== edit.old) return undefined;
    made += text.slice(done, from) + edit.replacement.replaceAll('\n', newline);
    done = to;
  }
  return made + text.slice(done);
}

/** Whether two edits of a file touch: then one may change what the other rests on. */
export function touches(a: Edit, b: Edit): boolean {
  return !isBefore(a, b) && !isBefore(b, a);
}

function isBefore(a: Edit, b: Edit): boolean {
  return a.endLine < b.line || (a.endLine === b.line && a.endColumn < b.column);
}
