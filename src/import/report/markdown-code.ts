/** A block of code of a Markdown text. */
export interface CodeBlock {
  /** First word of the info string, in lower case; undefined for an untagged fence, and for indented code. */
  language: string | undefined;
  /** The code without the margin that all its lines share. */
  text: string;
  /** Line of the Markdown where `text` starts, from 1. */
  line: number;
  /** Columns of the file before each line of `text`. */
  indents: number[];
}

/** A stretch of inline code, within one line. */
export interface InlineCode {
  text: string;
  line: number;
  /** Of its first character, from 1. */
  column: number;
}

const margin = /^[ \t]*(?:>[ \t]?)*[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+(?=[`~]{3}))?/;

/**
 * Reads the code off a Markdown text, line by line, quotes and lists included. The places are those of the source.
 * A fence opens with three or more backticks or tildes and closes with at least as many, or with the text.
 */
export function markdownCode(markdown: string): { blocks: CodeBlock[]; inline: InlineCode[] } {
  const lines = markdown.split('\n');
  const blocks: CodeBlock[] = [];
  const inline: InlineCode[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const fence = openFence(line);
    if (fence) {
      const end = lines.findIndex((each, at) => at > index && fence.closes(each));
      const stop = end < 0 ? lines.length : end;
      blocks.push(block(lines.slice(index + 1, stop), index + 2, fence.language, fence.prefix));
      index = stop;
      continue;
    }
    if (isIndentedCode(lines, index)) {
      let stop = index;
      while (stop < lines.length && /^(?: {4}|\t|\s*$)/.test(lines[stop] ?? '')) stop += 1;
      blocks.push(block(lines.slice(index, stop), index + 1, undefined, ''));
      index = stop - 1;
      continue;
    }
    inline.push(...inlineCode(line, index + 1));
  }
  return { blocks, inline };
}

function openFence(line: string) {
  const prefix = margin.exec(line)?.[0] ?? '';
  const found = /^(`{3,}|~{3,})[ \t]*(.*)$/.exec(line.slice(prefix.length));
  const [, ticks = '', info = ''] = found ?? [];
  if (!found || (ticks.startsWith('`') && info.includes('`'))) return undefined;
  const close = new RegExp(`^[ \\t>]*\\${ticks[0]}{${ticks.length},}[ \\t]*$`);
  const language = /^\{?\.?([\w+-]+)/.exec(info)?.[1]?.toLowerCase();
  return { language, prefix, closes: (each: string) => close.test(each) };
}

/** Four columns after a blank line, and not the text of a list item. */
function isIndentedCode(lines: readonly string[], index: number): boolean {
  if (!/^(?: {4}|\t)\s*\S/.test(lines[index] ?? '') || (lines[index - 1] ?? '').trim() !== '') return false;
  const before = lines.slice(0, index).findLast((each) => each.trim() !== '');
  return before === undefined || !/^\s*(?:[-*+]|\d{1,9}[.)])\s|^\s/.test(before);
}

/** Takes the quote marks, and the white space that all lines share, off code. */
function block(
  lines: readonly string[],
  line: number,
  language: string | undefined,
  prefix: string,
): CodeBlock {
  const depth = prefix.split('>').length - 1;
  const quote = new RegExp(`^(?:[ \\t]*>[ \\t]?){0,${depth}}`);
  const quoted = lines.map((each) => (depth === 0 ? 0 : (quote.exec(each)?.[0].length ?? 0)));
  const bare = lines.map((each, index) => each.slice(quoted[index]));
  const spaces = bare
    .filter((each) => each.trim() !== '')
    .map((each) => each.length - each.trimStart().length);
  const common = spaces.length === 0 ? 0 : Math.min(...spaces);
  return {
    language,
    text: bare.map((each) => each.slice(common)).join('\n'),
    line,
    indents: quoted.map((each) => each + common),
  };
}

function inlineCode(line: string, number: number): InlineCode[] {
  // The search for a closing mark takes the square of a line's length: nobody writes such a line by hand.
  if (line.length > 20_000) return [];
  return [...line.matchAll(/(?<!`)(`+)(?!`)(.*?[^`])\1(?!`)/g)].map(
    ({ index, 1: ticks = '', 2: text = '' }) => ({
      text,
      line: number,
      column: index + ticks.length + 1,
    }),
  );
}
