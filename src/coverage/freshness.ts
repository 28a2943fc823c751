import type { Facts } from '../collections/facts.ts';
import { compareReleases } from '../trl/release-order.ts';

/** States of a check, best first. */
export const checkStates = ['current', 'stale', 'missing', 'failing'] as const;
export type CheckState = (typeof checkStates)[number];

/** The worst of several states; `missing` when there are none. */
export function worstState(states: Iterable<CheckState>): CheckState {
  let worst = -1;
  for (const state of states) worst = Math.max(worst, checkStates.indexOf(state));
  return checkStates[worst] ?? 'missing';
}

/** The newest release whose facts hold the class, or undefined when none does. */
export function newestReleaseWith(facts: readonly Facts[], className: string): string | undefined {
  return facts
    .filter((release) => release.classes.some(({ name }) => name === className))
    .map(({ trl }) => trl)
    .sort(compareReleases)
    .at(-1);
}

/**
 * Why a result no longer holds for today's files, one sentence a file; empty when it does.
 *
 * @param inputs digests that the result was made from, by path
 * @param digests digests of today's files, by path; a path that is absent has no file
 */
export function changedInputs(
  inputs: Readonly<Record<string, string>>,
  digests: ReadonlyMap<string, string>,
): string[] {
  return Object.entries(inputs)
    .filter(([path, digest]) => digests.get(path) !== digest)
    .map(([path]) => (digests.has(path) ? `${path} changed since` : `${path} is gone`))
    .sort();
}
