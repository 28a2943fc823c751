import { sumOutcomes } from './outcome.ts';
import type { Finished } from './step.ts';

/** Lines of a failure's message that are repeated at the end; the whole stands under the step's heading. */
const shownLines = 25;

/**
 * The end of a run: each step's counts, what was skipped, the failures again, and alone on the last line
 * `N passed, N failed`.
 */
export function summary(finished: readonly Finished[]): string {
  const total = sumOutcomes(finished.map(({ outcome }) => outcome));
  const width = Math.max(...finished.map(({ step }) => step.name.length));
  const steps = finished.map(
    ({ step, outcome, seconds }) =>
      `${step.name.padEnd(width)}  ${outcome.passed} passed, ${outcome.failures.length} failed  (${seconds.toFixed(1)} s)`,
  );
  const skips = total.skips.map(({ title, reason }) => `skipped: ${title}: ${reason}`);
  const failures = total.failures.map(({ title, message }) => `FAILED: ${title}\n${indent(message)}`);
  return `\n${[
    '== Summary',
    ...steps,
    ...skips,
    ...failures,
    `${total.passed} passed, ${total.failures.length} failed`,
  ].join('\n')}\n`;
}

function indent(message: string): string {
  const lines = message.trimEnd().split('\n');
  const more = lines.length > shownLines ? [`… ${lines.length - shownLines} more lines above`] : [];
  return [...lines.slice(0, shownLines), ...more].map((line) => `    ${line}`).join('\n');
}
