import { counted } from '../../coverage/wording.ts';
import type { Problem } from '../../errors/problem.ts';

/** What each folder of the content holds, as one counts it. */
const kinds = [
  { folder: /(^|\/)(annotated-trainers|reference-guides)\//, unit: 'page' },
  { folder: /(^|\/)example-scripts\//, unit: 'script' },
  { folder: /(^|\/)distilled\//, unit: 'distilled file' },
] as const;

/**
 * `An upgrade would touch 70 places, in 12 pages, 9 scripts, 8 distilled files and 4 other files.`
 *
 * @param problems those of a check; all but `trl-drift` are passed over
 * @returns undefined when there is no drift
 */
export function driftSummary(problems: readonly Problem[]): string | undefined {
  const found = problems.filter(({ code }) => code === 'trl-drift');
  if (found.length === 0) return undefined;
  const files = [...new Set(found.map(({ file }) => file))];
  const counts = kinds.map(({ folder, unit }) => ({
    count: files.filter((file) => folder.test(file)).length,
    unit,
  }));
  const other = files.length - counts.reduce((sum, { count }) => sum + count, 0);
  const parts = [...counts, { count: other, unit: 'other file' }]
    .filter(({ count }) => count > 0)
    .map(({ count, unit }) => counted(count, unit));
  const listed = parts.length === 1 ? parts[0] : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
  return `An upgrade of TRL would touch ${counted(found.length, 'place')}, in ${listed}.`;
}
