import { counted } from '../coverage/wording.ts';
import type { ReleaseChange } from '../trl/release-changes.ts';
import type { ReleaseDiff } from './release-diff.ts';

/** The kinds of change in the order in which a reader asks for them. */
export const sections = [
  { title: 'Classes', kinds: ['class'] },
  { title: 'Fields', kinds: ['field'] },
  { title: 'Arguments', kinds: ['parameter'] },
  { title: 'Loss types', kinds: ['loss type'] },
  { title: 'Methods', kinds: ['method'] },
] as const satisfies readonly { title: string; kinds: readonly ReleaseChange['kind'][] }[];

/** A mark that tells what happened without colour. */
export const marks: Record<ReleaseChange['what'], string> = {
  added: '+',
  removed: '-',
  moved: '>',
  default: '~',
  type: ':',
};

/** What happened, without a full stop: `default 0.1 → 0.2`, `moved from trl to trl.experimental.orpo`. */
export function happened({ what, kind, before, after }: ReleaseChange): string {
  if (what === 'moved') return `moved from ${before} to ${after}`;
  if (what === 'type') return `type ${before ?? 'none'} → ${after ?? 'none'}`;
  if (what === 'default') return `default ${before ?? 'none, required'} → ${after ?? 'none, required'}`;
  if (kind === 'class') return what === 'added' ? `new, in ${after}` : `removed from ${before}`;
  if (what === 'removed') return before === null ? 'removed' : `removed, was ${before}`;
  return after === null ? 'new' : `new, ${after}`;
}

/** `TRL 0.25.1 (2025-11-12) → 1.16.0 (2026-10-15): 214 changes at 9 of 9 trainers`. */
export function headline({ older, newer, trainers, compared }: ReleaseDiff): string {
  const changes = trainers.reduce((sum, { changes }) => sum + changes.length, 0);
  const releases = `TRL ${older.trl} (${older.released}) → ${newer.trl} (${newer.released})`;
  return `${releases}: ${counted(changes, 'change')} at ${trainers.length} of ${counted(compared, 'trainer')}`;
}
