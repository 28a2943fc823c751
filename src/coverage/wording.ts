import type { CheckState } from './freshness.ts';
import {
  type Coverage,
  type CoverageTotals,
  type Drift,
  type PageKind,
  pageKindNames,
  type Remaining,
  type ReportedPage,
  type ReportedTrainer,
} from './report-schema.ts';

/** `1 page`, `2 pages`, `1,204 lines`. */
export function counted(n: number, unit: string): string {
  return `${n.toLocaleString('en-US')} ${unit}${n === 1 ? '' : 's'}`;
}

/** `stable since 1.9.0`, `stable since 0.25.1 or earlier`, `removed in 1.13.0`. */
export function availabilityText({ tier, since }: ReportedTrainer['availability']): string {
  if (tier === 'removed') return `removed in ${since}`;
  return since.startsWith('<=') ? `${tier} since ${since.slice(2)} or earlier` : `${tier} since ${since}`;
}

/** What a cell says of one kind: `412 lines, 18 min`, `draft`, `none`. */
export function kindText(trainer: ReportedTrainer, kind: PageKind, pages: readonly ReportedPage[]): string {
  const own = pages.filter(({ ref }) => trainer.pages[kind].includes(ref));
  const published = own.filter(({ draft }) => !draft);
  if (published.length === 0) return own.length > 0 ? 'draft' : 'none';
  const lines = published.reduce((total, page) => total + page.lines, 0);
  const minutes = published.reduce((total, page) => total + page.minutes, 0);
  const several = published.length > 1 ? `${counted(published.length, 'page')}, ` : '';
  return `${several}${counted(lines, 'line')}, ${minutes} min`;
}

/** `5 paths`, `6 paths, 1 draft: My path (my-path)`. */
export function pathsText({ paths }: Pick<Coverage, 'paths'>): string {
  const drafts = paths.filter(({ draft }) => draft);
  const named = drafts.map(({ title, slug }) => `${title} (${slug})`).join(', ');
  const all = counted(paths.length, 'learning path');
  return drafts.length === 0 ? all : `${all}, ${counted(drafts.length, 'draft')}: ${named}`;
}

/** `TPO`, or `TPO (draft)` for a registry record that is not finished. */
export function trainerText(trainer: ReportedTrainer, key: 'name' | 'slug'): string {
  return trainer.draft ? `${trainer[key]} (draft)` : trainer[key];
}

/** `3 of 4 current`, `none`. */
export function checksText(trainer: ReportedTrainer, { checks }: Coverage): string {
  const own = checks.filter(({ id }) => trainer.checks.includes(id));
  if (own.length === 0) return 'none';
  return `${own.filter(({ state }) => state === 'current').length} of ${own.length} current`;
}

/** A mark that tells states apart without colour. */
export const stateMarks: Record<CheckState, string> = {
  current: '✓',
  stale: '~',
  missing: '·',
  failing: '✗',
};

/** `✓ current`; `–` for a trainer without pages. */
export function freshnessText(state: CheckState | null): string {
  return state === null ? '–' : `${stateMarks[state]} ${state}`;
}

/** What is left to do for a trainer, as one sentence without a full stop. */
export function remainingText({ unwritten, unfinished, checks }: Remaining, report: Coverage): string {
  const stateOf = (id: string) => report.checks.find((check) => check.id === id)?.state ?? 'missing';
  const todo = [
    ...(unwritten.length > 0 ? [`write ${unwritten.map((kind) => pageKindNames[kind]).join(', ')}`] : []),
    ...(unfinished.length > 0
      ? [`finish ${unfinished.map(({ ref, why }) => `${ref} (${why})`).join(', ')}`]
      : []),
    ...(checks.length > 0 ? [`run ${checks.map((id) => `${id} (${stateOf(id)})`).join(', ')}`] : []),
  ];
  return todo.length > 0 ? todo.join('; ') : 'bring its facts up to date: `npm run facts`';
}

/** `TRL 1.17.0, of 2026-11-20, would make 70 things untrue, on 26 pages and in 4 other places.` */
export function driftText({ trl, released, pages, elsewhere }: Drift): string {
  const things = pages.reduce((sum, { findings }) => sum + findings.length, elsewhere.length);
  const when = `TRL ${trl}, of ${released},`;
  if (things === 0) return `${when} changes nothing that the content states.`;
  const where = [
    ...(pages.length > 0 ? [`on ${counted(pages.length, 'page')}`] : []),
    ...(elsewhere.length > 0 ? [`in ${counted(elsewhere.length, 'place')} of its records`] : []),
  ];
  return `${when} would make ${counted(things, 'thing')} untrue, ${where.join(' and ')}.`;
}

/** One line about a group: `15 trainers, 1 documented, 1 complete; 3 pages, 812 lines, 5,120 words, 42 min`. */
export function totalsText(totals: CoverageTotals): string {
  const pages = totals.pages.annotated + totals.pages.guide + totals.pages.script;
  return [
    `${counted(totals.trainers, 'trainer')}, ${totals.documented} documented, ${totals.complete} complete`,
    `${counted(pages, 'page')}, ${counted(totals.lines, 'line')}, ${counted(totals.words, 'word')}, ${totals.minutes} min`,
  ].join('; ');
}
