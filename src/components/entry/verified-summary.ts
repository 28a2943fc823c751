import type { EntryData } from '../../collections/entry.ts';
import { type CheckState, worstState } from '../../coverage/freshness.ts';
import { cureOf, type EntryCheck } from '../../coverage/verified.ts';
import { compareReleases } from '../../trl/release-order.ts';

export interface VerifiedSummary {
  state: CheckState;
  /** The strip's first words. */
  headline: string;
  /** Assertions that hold today: those of current checks. */
  held: number;
  /** The newest date of a check; undefined when none ran. */
  date: string | undefined;
  /** The commands that bring the checks up to date; empty when all are. */
  cures: string[];
}

/** One line about all checks of an entry: the worst of them decides. */
export function verifiedSummary(
  checks: readonly EntryCheck[],
  data: Pick<EntryData, 'verified' | 'draft'>,
): VerifiedSummary {
  const state = data.verified ? worstState(checks.map((check) => check.state)) : 'missing';
  const releases = checks.flatMap(({ trl }) => (trl === null ? [] : [trl])).sort(compareReleases);
  return {
    state,
    headline: headline(state, data, checks, releases[0]),
    held: heldToday(checks),
    date: checks
      .flatMap(({ date }) => (date === null ? [] : [date]))
      .sort()
      .at(-1),
    // The tests leave drafts out, so no command verifies one.
    cures: data.draft
      ? []
      : [...new Set(checks.flatMap((check) => (check.state === 'current' ? [] : [cureOf(check.kind)])))],
  };
}

/** Assertions of the checks whose inputs have not changed since they ran. */
export function heldToday(checks: readonly Pick<EntryCheck, 'state' | 'passed'>[]): number {
  return checks.reduce((total, { state, passed }) => total + (state === 'current' ? (passed ?? 0) : 0), 0);
}

function headline(
  state: CheckState,
  { verified, draft }: Pick<EntryData, 'verified' | 'draft'>,
  checks: readonly EntryCheck[],
  oldest: string | undefined,
): string {
  if (!verified) return 'Imported, not checked';
  if (draft && state === 'missing') return 'A draft, not checked yet';
  const late = checks.filter((check) => check.state === state).length;
  switch (state) {
    case 'current':
      return `Verified against TRL ${oldest}`;
    case 'stale':
      return `Stale: ${late} of ${checks.length} checks ran before something changed`;
    case 'failing':
      return `Failing: ${late} of ${checks.length} checks do not hold`;
    case 'missing':
      return checks.length === 0 ? 'Nothing to check here' : `${late} of ${checks.length} checks never ran`;
  }
}
