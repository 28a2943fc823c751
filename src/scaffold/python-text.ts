import { unfinishedMark } from '../collections/unfinished.ts';

/** Columns that Ruff allows; `pyproject.toml` says so. */
const width = 100;

/** Columns that prose of a Markdown cell has beside its `# `. */
export const proseWidth = 98;

/** One parameter of a Python signature or call, as text: `labels: Any`, `args=config`. */
type Item = string;

/**
 * `head(a, b)tail` on one line where it fits, else one item a line with a comma after the last, as Ruff formats it.
 *
 * @param indent columns before `head`
 */
export function pythonList(head: string, items: readonly Item[], tail: string, indent = 0): string[] {
  const before = ' '.repeat(indent);
  const line = `${before}${head}${items.join(', ')}${tail}`;
  // A comment among the items needs a line of its own.
  if (line.length <= width && !items.some((item) => item.startsWith('#'))) return [line];
  return [
    `${before}${head}`,
    ...items.map((item) => `${before}    ${item}${item.startsWith('#') ? '' : ','}`),
    `${before}${tail}`,
  ];
}

/** A word, or the mark. */
const whole = new RegExp(`${unfinishedMark}\\S*|\\S+`, 'g');

/** A Python literal as Ruff quotes it: facts hold reprs, with single quotes. */
export function pythonLiteral(repr: string): string {
  const inner = /^'(.*)'$/s.exec(repr)?.[1];
  return inner === undefined || inner.includes('"') ? repr : `"${inner}"`;
}

/** Text as comment lines of at most `width` columns, broken at spaces. */
export function commentLines(text: string, prefix = '# '): string[] {
  return wrapped(text, width - prefix.length).map((line) => `${prefix}${line}`.trimEnd());
}

/** Text as lines of at most `columns`, broken at spaces; a mark of unfinished text stays in one piece. */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.match(whole) ?? []) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
