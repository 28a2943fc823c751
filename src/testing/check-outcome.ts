import type { Problem } from '../errors/problem.ts';
import { type Outcome, onePassed } from './outcome.ts';

/** The outcome of the check: one test passed when it finds no error, else one failure an error. */
export function checkOutcome(problems: readonly Problem[]): Outcome {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return onePassed;
  return {
    passed: 0,
    failures: errors.map(({ file, line, column, code, message, suggestion }) => ({
      title: `check: ${file}:${line}:${column}  ${code}`,
      message: suggestion ? `${message}\n${suggestion}` : message,
    })),
    skips: [],
  };
}
