import type { MigrationNote } from '../collections/migration-note.ts';
import { changeName } from './change-name.ts';
import type { ReleaseChange } from './release-changes.ts';

/** A row of the table of changes: what an older script has, since when it differs, and what to do. */
export interface MigrationRow {
  changes: { symbol: string; name: string; what: string }[];
  since: string;
  /** Markdown. */
  say: string;
}

/**
 * The changes of a trainer that a note answers; those with one answer share a row.
 *
 * @param newest release that the changes lead to
 */
export function migrationRows(
  changes: readonly ReleaseChange[],
  notes: readonly MigrationNote[],
  newest: string | undefined,
): MigrationRow[] {
  return notes.flatMap((note) => {
    const of = changes.filter(({ symbol }) => note.changes.includes(symbol));
    if (of.length === 0) return [];
    return [
      {
        changes: of.map((change) => ({
          symbol: change.symbol,
          name: changeName(change),
          what: whatOf(change),
        })),
        since: [...new Set(of.map((change) => change.since ?? `by ${newest}`))].join(', '),
        say: note.say,
      },
    ];
  });
}

/** What happened to it: `removed`, `moved from trl to trl.experimental.gkd`, `default 0.1 → 0.5`. */
export function whatOf({ what, before, after }: ReleaseChange): string {
  if (what === 'removed') return 'removed';
  if (what === 'moved') return `moved from ${before} to ${after}`;
  return after === null ? `required; was ${before}` : `default ${before ?? 'none: required'} → ${after}`;
}
