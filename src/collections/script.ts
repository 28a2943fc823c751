import type { Problem } from '../errors/problem.ts';
import { type Cell, splitCells } from './cells.ts';
import { type ScriptHeader, scriptHeaderSchema } from './example-script.ts';
import type { Origin } from './origin.ts';
import { findMetadata } from './pep723.ts';
import type { RecordedRun } from './recorded-run.ts';
import { parseToml, tomlOrigin } from './toml.ts';
import { validate } from './validate.ts';

export type { Cell } from './cells.ts';

/** An example script, taken apart. Without a header it is no entry. */
export interface ParsedScript {
  header?: ScriptHeader | undefined;
  /** Finds the fields of the header; there when the file has a `script` block. */
  origin?: Origin | undefined;
  cells: Cell[];
  problems: Problem[];
}

/** Parses an example script: its PEP 723 header by the schema, and its `py:percent` cells. */
export function parseScript(text: string, file: string): ParsedScript {
  const { block, problems } = findMetadata(text, file);
  const { cells, problems: cellProblems } = splitCells(text, file, block);
  if (!block) return { cells, problems: [...problems, ...cellProblems] };

  const origin = tomlOrigin(block, file);
  const toml = parseToml(block, file);
  const header =
    toml.data === undefined
      ? undefined
      : validate(scriptHeaderSchema, toml.data, origin, 'script-header-field');
  return {
    header: header?.value,
    origin,
    cells,
    problems: [...problems, ...toml.problems, ...(header?.problems ?? []), ...cellProblems],
  };
}

/**
 * A script as one Markdown document: each Markdown cell with the code cells after it, wrapped in
 * `.cell`, so that a page can set them side by side.
 *
 * @param output what the cells printed when the script was recorded; stands under each of them
 */
export function scriptMarkdown(
  script: { cells: readonly Cell[] },
  output: RecordedRun['output'] = [],
): string {
  const groups: { prose?: Cell; code: Cell[] }[] = [];
  for (const cell of script.cells) {
    if (cell.kind === 'markdown') groups.push({ prose: cell, code: [] });
    else if (groups.length === 0) groups.push({ code: [cell] });
    else groups.at(-1)?.code.push(cell);
  }
  const starts = script.cells.map(({ line }) => line);
  const printedBy = ({ line: start }: Cell) => {
    const next = starts.find((line) => line > start) ?? Number.POSITIVE_INFINITY;
    return output.find(({ line }) => line >= start && line < next)?.text.trimEnd();
  };
  return groups.map(({ prose, code }) => wrapGroup(prose, code, printedBy)).join('\n');
}

function wrapGroup(
  prose: Cell | undefined,
  code: Cell[],
  printedBy: (cell: Cell) => string | undefined,
): string {
  const parts = ['<div class="cell">'];
  if (prose) parts.push('<div class="cell-prose">', '', prose.text, '', '</div>');
  const blocks = code.flatMap((cell) => {
    const printed = printedBy(cell);
    return [fence(cell), ...(printed ? [fenced(printed, 'output')] : [])];
  });
  if (code.length > 0) parts.push('<div class="cell-code">', '', blocks.join('\n\n'), '', '</div>');
  return `${[...parts, '</div>'].join('\n')}\n`;
}

function fence({ text, title }: Cell): string {
  return fenced(text, title ? `python title="${title.replaceAll('"', "'")}"` : 'python');
}

/** A fence longer than any run of backticks inside it. */
function fenced(text: string, info: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${info}\n${text}\n${ticks}`;
}
