import type { ErrorCode } from './catalogue.ts';
import type { Fix } from './fix.ts';

/** Where a problem stands. `line` and `column` count from 1; `length` is the width of the caret mark. */
export interface Place {
  /** Path shown to the author, relative to the working directory. */
  file: string;
  line: number;
  column: number;
  length?: number;
}

/** One finding of a check: what was expected, what was found, where, and the cure. */
export interface Problem extends Place {
  code: ErrorCode;
  severity: 'error' | 'warning';
  /** What was expected and what was found, in one sentence. */
  message: string;
  /** "Did you mean …", or the concrete cure for this place. */
  suggestion?: string;
  /** The offending source line, when the check has it at hand. */
  excerpt?: string;
  /** The change that mends it, where that is certain; `npm run check -- --fix` makes it. */
  fix?: Fix;
}

/** Builds an error; pass `severity: 'warning'` in `extra` to soften it (entries marked `verified: false`). */
export function problem(
  code: ErrorCode,
  place: Place,
  message: string,
  extra: Partial<Pick<Problem, 'severity' | 'suggestion' | 'excerpt' | 'fix'>> = {},
): Problem {
  return { code, severity: 'error', ...place, message, ...extra };
}

/** Order of appearance: by file, then line, then column, then code. */
export function byPlace(a: Problem, b: Problem): number {
  return (
    a.file.localeCompare(b.file, 'en') ||
    a.line - b.line ||
    a.column - b.column ||
    a.code.localeCompare(b.code, 'en')
  );
}

/** Carries the problems of a failed command up to its entry point, which prints them and exits 1. */
export class ProblemsError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(`${problems.length} problem(s) found`);
    this.name = 'ProblemsError';
    this.problems = [...problems].sort(byPlace);
  }
}
