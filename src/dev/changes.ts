import { formatTerminal } from '../errors/format.ts';
import type { Problem } from '../errors/problem.ts';
import { showSummary, summarise } from '../errors/summary.ts';

/**
 * What a terminal says after a change: the problems that are new, and how many there are in all.
 *
 * @returns nothing when the problems are the same as before, wherever their lines have moved to
 */
export function sayChanges(
  before: readonly Problem[],
  after: readonly Problem[],
  options: { color: boolean },
): string | undefined {
  const known = counted(before);
  const fresh = after.filter((each) => {
    const left = known.get(signature(each)) ?? 0;
    known.set(signature(each), left - 1);
    return left <= 0;
  });
  if (fresh.length === 0 && after.length === before.length) return undefined;
  if (fresh.length === after.length) return `${formatTerminal(after, options)}`;
  const shown = fresh.length > 0 ? formatTerminal(fresh, options) : '';
  return `${shown}content: ${showSummary(summarise(after))} in all\n`;
}

function counted(problems: readonly Problem[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of problems) counts.set(signature(each), (counts.get(signature(each)) ?? 0) + 1);
  return counts;
}

function signature({ file, code, message }: Problem): string {
  return JSON.stringify([file, code, message]);
}
