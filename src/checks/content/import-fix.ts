import type { Facts } from '../../collections/facts.ts';
import type { Fix } from '../../errors/fix.ts';
import type { PythonSource } from './python-source.ts';
import type { PythonImportStatement, PythonName } from './python-tree.ts';

/** Longer lists of names are written one a line, as Ruff does. */
const lineLength = 100;

/**
 * Where the newest release has what an older one at hand exported from `trl`. Both must know the name once: two
 * classes of one name (`BEMACallback`) may mean either.
 *
 * @param facts newest release first
 */
export function movedTo(name: string, [newest, ...older]: readonly Facts[]): string | undefined {
  const named = ({ classes, functions }: Facts) =>
    [...classes, ...functions].filter((each) => each.name === name);
  const wasExported = older.map(named).some(([only, ...others]) => {
    return only?.import_path === 'trl' && others.length === 0;
  });
  const after = newest ? named(newest) : [];
  if (!wasExported || after.length !== 1) return undefined;
  return after[0]?.import_path ?? after[0]?.module;
}

/**
 * Splits an import by the modules that its names live in today: what stays stands first, each module gets a
 * statement below. Aliases, comments, parentheses and the order of names are kept.
 *
 * @param moduleOf the module of a name; undefined when nobody knows, and then the name stays
 * @returns undefined when nothing moves, or when comments could not be kept beside their names
 */
export function importFix(
  statement: PythonImportStatement,
  python: PythonSource,
  moduleOf: (name: string) => string | undefined,
): Fix | undefined {
  const { text } = python;
  const old = text.slice(statement.module.from, statement.module.to);
  const groups = new Map<string, PythonName[]>();
  for (const item of statement.items) {
    const module = moduleOf(item.name) ?? old;
    groups.set(module, [...(groups.get(module) ?? []), item]);
  }
  const [only, ...others] = groups.keys();
  if (only === undefined || (only === old && others.length === 0)) return undefined;
  if (others.length === 0) {
    const edit = python.edit(statement.module.from, statement.module.to, only);
    return edit && { edits: [edit] };
  }
  const lineStart = text.lastIndexOf('\n', statement.from - 1) + 1;
  const margin = text.slice(lineStart, statement.from);
  const rest = /^[^\n]*/.exec(text.slice(statement.to))?.[0] ?? '';
  if (margin.trim() !== '' || !/^[ \t]*(#.*)?$/.test(rest)) return undefined;
  const listed = ownLines(statement, text) ?? inRow(statement, text);
  if (!listed) return undefined;
  const ordered = [...groups].sort(([a], [b]) => Number(b === old) - Number(a === old));
  const written = ordered.map(
    ([module, items], index) => `from ${module} import ${listed(items, module, margin, index === 0)}`,
  );
  const [first, ...below] = written;
  const replacement = [`${first}${rest}`, ...below.map((line) => margin + line)].join('\n');
  const edit = python.edit(statement.from, statement.to + rest.length, replacement);
  return edit && { edits: [edit] };
}

type Listed = (items: readonly PythonName[], module: string, margin: string, isFirst: boolean) => string;

/** A list in parentheses with one name a line: each name takes its line along, and the comments above it. */
function ownLines({ parentheses, items }: PythonImportStatement, text: string): Listed | undefined {
  if (!parentheses) return undefined;
  const inside = text.slice(parentheses.from, parentheses.to);
  const open = inside.indexOf('\n') + 1;
  if (open === 0 || !/^[ \t]*(#.*)?$/.test(inside.slice(0, open - 1))) return undefined;
  const close = inside.lastIndexOf('\n') + 1;
  const owned = new Map<PythonName, string>();
  let start = parentheses.from + open;
  for (const item of items) {
    const end = text.indexOf('\n', item.to) + 1;
    const lines = text.slice(start, end);
    const others = items.filter((each) => each !== item && each.from >= start && each.from < end);
    if (others.length > 0 || end > parentheses.from + close) return undefined;
    owned.set(item, withComma(lines, item.to - start));
    start = end;
  }
  const tail = inside.slice(start - parentheses.from, close);
  const last = items.at(-1);
  return (chosen, _module, margin, isFirst) => {
    const lines = chosen.map((item) => owned.get(item) ?? '').join('');
    const ending = last && chosen.includes(last) ? tail : '';
    return `(${isFirst ? inside.slice(0, open) : '\n'}${lines}${ending}${margin})`;
  };
}

/** The lines of an item, with the comma that the last one may lack. */
function withComma(lines: string, end: number): string {
  return /^\s*,/.test(lines.slice(end)) ? lines : `${lines.slice(0, end)},${lines.slice(end)}`;
}

/** Names in a row, with nothing but commas and white space between them. */
function inRow({ parentheses, items, to }: PythonImportStatement, text: string): Listed | undefined {
  const first = items[0];
  if (!first) return undefined;
  const list = text.slice(parentheses?.from ?? first.from, parentheses?.to ?? to);
  if (/[#\\]/.test(list)) return undefined;
  return (chosen, module, margin) => {
    const names = chosen.map(({ from, to: end }) => text.slice(from, end).replace(/\s+/g, ' '));
    const row = names.join(', ');
    if (`${margin}from ${module} import ${row}`.length <= lineLength) return row;
    return `(\n${names.map((name) => `${margin}    ${name},\n`).join('')}${margin})`;
  };
}
