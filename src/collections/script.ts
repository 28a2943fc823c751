import type { Problem } from '../errors/problem.ts';
import { type Cell, splitCells } from './cells.ts';
import { type ScriptHeader, scriptHeaderSchema } from './example-script.ts';
import type { Origin } from './origin.ts';
import { findMetadata } from './pep723.ts';
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
 */
export function scriptMarkdown(script: { cells: readonly Cell[] }): string {
  const groups: { prose?: Cell; code: Cell[] }[] = [];
  for (const cell of script.cells) {
    if (cell.kind === 'markdown') groups.push({ prose: cell, code: [] });
    else if (groups.length === 0) groups.push({ code: [cell] });
    else groups.at(-1)?.code.push(cell);
  }
  return groups.map(({ prose, code }) => wrapGroup(prose, code)).join('\n');
}

function wrapGroup(prose: Cell | undefined, code: Cell[]): string {
  const parts = ['<div class="cell">'];
  if (prose) parts.push('<div class="cell-prose">', '', prose.text, '', '</div>');
  if (code.length > 0) parts.push('<div class="cell-code">', '', code.map(fence).join('\n\n'), '', '</div>');
  return `${[...parts, '</div>'].join('\n')}\n`;
}

/** A fence longer than any run of backticks inside it. */
function fence(cell: Cell): string {
  const longest = Math.max(2, ...(cell.text.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = '`'.repeat(longest + 1);
  const title = cell.title ? ` title="${cell.title.replaceAll('"', "'")}"` : '';
  return `${ticks}python${title}\n${cell.text}\n${ticks}`;
}
