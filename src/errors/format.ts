import { catalogue } from './catalogue.ts';
import type { FixReport } from './fix-report.ts';
import type { Problem } from './problem.ts';
import { showSummary, summarise } from './summary.ts';

interface TerminalOptions {
  /** Whether to write ANSI colours; see `wantsColor`. */
  color: boolean;
  /** What `--fix` did, where it was asked for: what remains it leaves to the author. */
  fixes?: FixReport | undefined;
}

/** Excerpts longer than this are cut around the caret. */
const maxExcerpt = 120;

type Style = 'red' | 'yellow' | 'dim' | 'bold';
const ansi: Record<Style, [number, number]> = {
  red: [31, 39],
  yellow: [33, 39],
  dim: [2, 22],
  bold: [1, 22],
};

/** Colours only for a person: on a terminal, and never when NO_COLOR is set (no-color.org). */
export function wantsColor(stream: { isTTY?: boolean }, env: Record<string, string | undefined>): boolean {
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}

/**
 * Problems for a terminal: `file:line:column  code  message`, the offending line with a caret of the
 * problem's length, and the suggestion or the catalogue's cure; at the end a summary, and how to read on.
 */
export function formatTerminal(problems: readonly Problem[], { color, fixes }: TerminalOptions): string {
  const paint = (style: Style, text: string) => {
    const [on, off] = ansi[style];
    return color ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  };
  const blocks = problems.map((each) => {
    const mark: Style = each.severity === 'error' ? 'red' : 'yellow';
    const place = paint('bold', `${each.file}:${each.line}:${each.column}`);
    const warning = each.severity === 'warning' ? 'warning: ' : '';
    return [
      `${place}  ${paint(mark, each.code)}  ${warning}${printable(each.message)}`,
      ...frame(
        each,
        (text) => paint('dim', text),
        (text) => paint(mark, text),
      ),
      `  ${printable(each.suggestion ?? catalogue[each.code].cure)}`,
    ].join('\n');
  });
  const end = [showSummary(summarise(problems)), ...(fixes ? [] : mends(problems)), ...readOn(problems)].join(
    '\n',
  );
  return `${[...blocks, end].join('\n\n')}\n`;
}

/** The command that mends what is certain. */
function mends(problems: readonly Problem[]): string[] {
  const certain = problems.filter(({ fix }) => fix).length;
  return certain === 0 ? [] : [`${certain} can be mended for certain: npm run check -- --fix`];
}

/** Where an author reads on: the command that explains a code, with the code when there is but one. */
function readOn(problems: readonly Problem[]): string[] {
  const [first, ...others] = new Set(problems.map(({ code }) => code));
  if (first === undefined) return [];
  const code = others.length === 0 ? first : '<code>';
  return [`cause, example and cure: npm run check -- --explain ${code}`];
}

/** The offending line behind its number, and the caret under it; none without an excerpt. */
export function frame(
  { excerpt, line, column, length = 1 }: Problem,
  dim: (text: string) => string,
  mark: (text: string) => string,
): string[] {
  if (excerpt === undefined || excerpt.trim() === '') return [];
  const start = column > maxExcerpt - 20 ? column - 40 : 0;
  const shownLine = excerpt.slice(start, start + maxExcerpt);
  const before = `${start > 0 ? '…' : ''}${shownLine.slice(0, column - 1 - start)}`;
  const width = Math.max(1, Math.min(length, shownLine.length - (column - 1 - start)));
  const number = String(line);
  const gutter = ' '.repeat(number.length);
  const cut = start + maxExcerpt < excerpt.length ? '…' : '';
  return [
    `  ${dim(`${number} |`)} ${printable(`${start > 0 ? '…' : ''}${shownLine}${cut}`)}`,
    `  ${dim(`${gutter} |`)} ${before.replace(/[^\t]/gu, ' ')}${mark('^'.repeat(width))}`,
  ];
}

/** Text without control characters, which could move the cursor or colour what follows. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}]/gu, (character) =>
    character === '\t' || character === '\n' ? character : '�',
  );
}
