import { parse, TomlError } from 'smol-toml';
import { editOf, shifted } from '../errors/fix.ts';
import { type Problem, problem } from '../errors/problem.ts';
import type { DataPath, Origin } from './origin.ts';
import type { InlineMetadata } from './pep723.ts';

/** Width of the `# ` in front of each line of the block. */
const prefix = 2;

/** Parses the TOML of a script header. A syntax error is placed in the file, not in the block. */
export function parseToml(block: InlineMetadata, file: string): { data?: unknown; problems: Problem[] } {
  try {
    return { data: parse(block.toml), problems: [] };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const message = error.message.split('\n')[0]?.replace(/^Invalid TOML document: /, '') ?? '';
    const place = { file, line: block.startLine + error.line, column: error.column + prefix };
    return { problems: [problem('script-header-syntax', place, message)] };
  }
}

interface KeyLine {
  /** Full path: table and key. */
  path: string[];
  /** Index into the lines of the block. */
  index: number;
  /** Columns in the block's line, from 0. */
  key: number;
  value: number;
  /** Index after the last line of the value. */
  end: number;
}

/** Maps paths of a script header to places in the file: by the lines on which keys and tables stand. */
export function tomlOrigin(block: InlineMetadata, file: string): Origin {
  const lines = block.toml.split('\n');
  const keys = keyLines(lines);
  const placeAt = (index: number, column: number, length: number) => ({
    file,
    line: block.startLine + 1 + index,
    column: column + prefix + 1,
    length: Math.max(1, length),
  });
  return {
    file,
    locate(path, part = 'value') {
      for (let depth = path.length; depth > 0; depth -= 1) {
        const found = keys.find((each) => samePath(each.path, path.slice(0, depth)));
        if (!found) continue;
        const line = lines[found.index] ?? '';
        const key = path[depth - 1];
        if (part === 'key' || found.value < 0) return placeAt(found.index, found.key, String(key).length);
        const item = depth < path.length ? itemPlace(lines, found, path[depth]) : undefined;
        if (item) return placeAt(item.index, item.column, item.length);
        return placeAt(found.index, found.value, line.length - found.value);
      }
      return { file, line: block.startLine, column: 1, length: '# /// script'.length };
    },
    rewrite(path, how) {
      const found = keys.find((each) => samePath(each.path, path));
      const value = found && found.value >= 0 ? lines[found.index]?.slice(found.value) : undefined;
      // One string without escapes, one number or one boolean.
      const raw = /^("[^"\\]*"|'[^']*'|[\w.+-]+)\s*(#.*)?$/.exec(value ?? '')?.[1];
      const written = raw === undefined ? undefined : how(raw);
      if (!found || raw === undefined || written === undefined) return undefined;
      return shifted(
        editOf(raw, 0, raw.length, written),
        block.startLine + found.index,
        prefix + found.value,
      );
    },
  };
}

/** Where tables and keys stand. Values of several lines are skipped, so that their text is no key. */
function keyLines(lines: string[]): KeyLine[] {
  const found: KeyLine[] = [];
  let table: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const header = /^(\s*\[+\s*)([^\]]+?)\s*\]+/.exec(line);
    if (header) {
      table = splitKey(header[2] ?? '');
      found.push({ path: table, index, key: header[1]?.length ?? 0, value: -1, end: index + 1 });
      continue;
    }
    const pair = /^(\s*)((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=\s*/.exec(
      line,
    );
    if (!pair) continue;
    const end = valueEnd(lines, index, pair[0].length);
    const path = [...table, ...splitKey(pair[2] ?? '')];
    found.push({ path, index, key: pair[1]?.length ?? 0, value: pair[0].length, end });
    index = end - 1;
  }
  return found;
}

function splitKey(key: string): string[] {
  return (key.match(/[\w-]+|"[^"]*"|'[^']*'/g) ?? []).map((part) => part.replace(/^["']|["']$/g, ''));
}

/** The index after the line on which a list, inline table or long string closes. */
function valueEnd(lines: string[], index: number, column: number): number {
  const value = lines[index]?.slice(column) ?? '';
  const quote = /^("""|''')/.exec(value)?.[1];
  if (quote) {
    if (value.indexOf(quote, 3) >= 0) return index + 1;
    const close = lines.findIndex((line, at) => at > index && line.includes(quote));
    return close < 0 ? lines.length : close + 1;
  }
  let depth = 0;
  for (let at = index; at < lines.length; at += 1) {
    const text = at === index ? value : (lines[at] ?? '');
    const bare = text.replace(/"(?:\\.|[^"\\])*"|'[^']*'/g, '').replace(/#.*$/, '');
    depth += (bare.match(/[[{]/g)?.length ?? 0) - (bare.match(/[\]}]/g)?.length ?? 0);
    if (depth <= 0) return at + 1;
  }
  return lines.length;
}

/** The n-th string or number of a list, or the value of a key of an inline table. */
function itemPlace(lines: string[], found: KeyLine, step: PropertyKey | undefined) {
  let count = 0;
  for (let index = found.index; index < found.end; index += 1) {
    const offset = index === found.index ? found.value : 0;
    const text = lines[index]?.slice(offset) ?? '';
    for (const match of text.matchAll(/"(?:\\.|[^"\\])*"|'[^']*'|[\w.+-]+(?=\s*[,\]}])/g)) {
      if (
        typeof step === 'number'
          ? count === step
          : text
              .slice(0, match.index)
              .trimEnd()
              .endsWith(`${String(step)} =`)
      ) {
        return { index, column: offset + match.index, length: match[0].length };
      }
      count += 1;
    }
  }
  return undefined;
}

function samePath(a: readonly string[], b: DataPath): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}
