import { touches } from '../../errors/fix.ts';
import type { Problem } from '../../errors/problem.ts';

/** A problem with the change that mends it. */
export type Fixable = Problem & Required<Pick<Problem, 'fix'>>;

/** Names one fix of one problem, wherever its lines have moved to meanwhile. */
export function identity({ file, code, message, fix }: Fixable): string {
  return JSON.stringify([file, code, message, fix.edits.map(({ old, replacement }) => [old, replacement])]);
}

/**
 * The fixes that can be made at once: in order of appearance, without those that touch an earlier one. Problems that
 * one and the same change mends (the names of one import) all count as chosen.
 *
 * @param skip identities of fixes that must not be made
 */
export function chooseFixes(problems: readonly Problem[], skip: ReadonlySet<string>): Fixable[] {
  const chosen: Fixable[] = [];
  for (const each of problems) {
    if (!isFixable(each) || skip.has(identity(each))) continue;
    const inFile = chosen.filter(({ file }) => file === each.file);
    const same = inFile.some(({ fix }) => JSON.stringify(fix) === JSON.stringify(each.fix));
    const free = inFile.every(({ fix }) => !fix.edits.some((a) => each.fix.edits.some((b) => touches(a, b))));
    if (same || free) chosen.push(each);
  }
  return chosen;
}

function isFixable(each: Problem): each is Fixable {
  return each.fix !== undefined;
}
