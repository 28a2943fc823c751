import type { Problem } from './problem.ts';

/** How many problems there are, and in how many files. */
export interface Summary {
  errors: number;
  warnings: number;
  files: number;
}

export function summarise(problems: readonly Problem[]): Summary {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return {
    errors,
    warnings: problems.length - errors,
    files: new Set(problems.map(({ file }) => file)).size,
  };
}

/** "2 errors and 1 warning in 2 files", or "no problems". */
export function showSummary({ errors, warnings, files }: Summary): string {
  const counts = [errors > 0 && count(errors, 'error'), warnings > 0 && count(warnings, 'warning')];
  const shown = counts.filter((each) => each !== false);
  return shown.length === 0 ? 'no problems' : `${shown.join(' and ')} in ${count(files, 'file')}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
