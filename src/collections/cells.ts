import { type Problem, problem } from '../errors/problem.ts';

/** A cell of a script in the `py:percent` format. */
export interface Cell {
  kind: 'markdown' | 'code';
  /** Without blank lines at either end; Markdown without its comment signs. */
  text: string;
  /** Line of the file where `text` starts, from 1. */
  line: number;
  title?: string | undefined;
}

/** What a marker says: `# %%`, `# %% title`, `# %% [markdown]`, `# %% title [markdown]`. */
function readMarker(line: string): { isMarkdown: boolean; title: string } {
  const said = line.replace(/^# %%/, '');
  const kind = /(?:^|\s)\[(\w+)\](?=\s|$)/.exec(said);
  const title = (kind ? said.replace(kind[0], ' ') : said).trim();
  return { isMarkdown: kind?.[1] === 'markdown' || kind?.[1] === 'md', title };
}

/**
 * Splits a script into cells.
 * What stands before the first marker is a code cell only if it holds code: the header, comments and
 * the module's docstring are for those who read the file.
 *
 * @param header first and last line of the PEP 723 block, which is in no cell
 * @see https://jupytext.readthedocs.io/en/latest/formats-scripts.html#the-percent-format
 */
export function splitCells(
  text: string,
  file: string,
  header?: { startLine: number; endLine: number },
): { cells: Cell[]; problems: Problem[] } {
  const lines = text
    .split('\n')
    .map((line, index) => (header && index + 1 >= header.startLine && index < header.endLine ? '' : line));
  const starts = lines.flatMap((line, index) => (/^# %%(\s|$)/.test(line) ? [index] : []));
  const cells: Cell[] = [];
  const problems: Problem[] = [];

  const preamble = trimmed(lines, 0, starts[0] ?? lines.length);
  if (preamble && hasCode(preamble.text)) cells.push({ kind: 'code', ...preamble });

  starts.forEach((start, position) => {
    const { isMarkdown, title } = readMarker(lines[start] ?? '');
    const end = starts[position + 1] ?? lines.length;
    const body = isMarkdown ? uncommented(lines, start + 1, end, file, problems) : lines;
    const content = trimmed(body, start + 1, end);
    if (content)
      cells.push({ kind: isMarkdown ? 'markdown' : 'code', ...content, ...(title ? { title } : {}) });
  });
  return { cells, problems };
}

function trimmed(lines: string[], from: number, to: number): { text: string; line: number } | undefined {
  let first = from;
  let last = to;
  while (first < last && lines[first]?.trim() === '') first += 1;
  while (last > first && lines[last - 1]?.trim() === '') last -= 1;
  return first === last ? undefined : { text: lines.slice(first, last).join('\n'), line: first + 1 };
}

function hasCode(preamble: string): boolean {
  const withoutComments = preamble.replace(/^\s*#.*$/gm, '').trim();
  return withoutComments.replace(/^[rR]?("""|''')[\s\S]*?\1/, '').trim() !== '';
}

/** The lines with `# ` taken off between `from` and `to`; a line of code there is a problem. */
function uncommented(lines: string[], from: number, to: number, file: string, problems: Problem[]): string[] {
  const stray = lines.findIndex(
    (line, index) => index >= from && index < to && line.trim() !== '' && !line.startsWith('#'),
  );
  if (stray >= 0) {
    const message = 'expected a comment line in a Markdown cell, found code';
    problems.push(
      problem(
        'python-syntax',
        { file, line: stray + 1, column: 1, length: lines[stray]?.length ?? 1 },
        message,
        {
          suggestion: 'begin the code with a `# %%` line',
        },
      ),
    );
  }
  return lines.map((line, index) => (index >= from && index < to ? line.replace(/^# ?/, '') : line));
}
