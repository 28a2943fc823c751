import type { ErrorCode } from './catalogue.ts';
import type { Edit } from './fix.ts';

/** A fix as reports show it. */
export interface ReportedFix {
  file: string;
  code: ErrorCode;
  edits: readonly Edit[];
}

/** What a run that mends content did. */
export interface FixReport {
  fixed: readonly ReportedFix[];
  /** Certain fixes that were not made or were taken back, and why. */
  refused: readonly (ReportedFix & { why: string })[];
}

/** One line a change, `file:line:column  old -> new`, then what was left and why, then the sum. */
export function showFixes({ fixed, refused }: FixReport, did = 'fixed'): string {
  const files = new Set(fixed.map(({ file }) => file)).size;
  const sum =
    fixed.length === 0
      ? 'nothing could be fixed for certain'
      : `${did} ${fixed.length} ${fixed.length === 1 ? 'place' : 'places'} in ${files} ${files === 1 ? 'file' : 'files'}`;
  return [
    ...fixed.flatMap(changes),
    ...refused.flatMap((each) => [...changes(each), `  not fixed: ${each.why}`]),
    sum,
    '',
  ].join('\n');
}

function changes({ file, edits }: ReportedFix): string[] {
  return edits.map(
    ({ line, column, old, replacement }) =>
      `${file}:${line}:${column}  ${shown(old)} -> ${shown(replacement)}`,
  );
}

/** A text on one line. */
function shown(text: string): string {
  const line = text.trim().replace(/\s*\n\s*/g, ' | ');
  if (line === '') return 'nothing';
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}
