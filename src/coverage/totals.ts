import { families } from '../collections/family.ts';
import { checkStates } from './freshness.ts';
import {
  type CoverageTotals,
  type PageGroup,
  pageKinds,
  type ReportedCheck,
  type ReportedPage,
  type ReportedTrainer,
} from './report-schema.ts';

interface Parts {
  trainers: readonly ReportedTrainer[];
  pages: readonly ReportedPage[];
  checks: readonly ReportedCheck[];
}

/** Counts and sums over trainers, pages and checks. A page of several trainers counts once. */
export function totalsOf({ trainers, pages, checks }: Parts): CoverageTotals {
  const published = pages.filter(({ draft }) => !draft);
  const sum = (key: 'lines' | 'words' | 'minutes') => published.reduce((total, page) => total + page[key], 0);
  const ofKind = (kind: ReportedPage['kind']) => published.filter((page) => page.kind === kind).length;
  const inState = (state: ReportedCheck['state']) => checks.filter((check) => check.state === state).length;
  const [annotated, guide, script] = pageKinds;
  const [current, stale, missing, failing] = checkStates;
  return {
    trainers: trainers.filter(({ draft }) => !draft).length,
    documented: trainers.filter(({ documented }) => documented).length,
    complete: trainers.filter(({ complete }) => complete).length,
    pages: { annotated: ofKind(annotated), guide: ofKind(guide), script: ofKind(script) },
    drafts: pages.length - published.length,
    lines: sum('lines'),
    words: sum('words'),
    minutes: sum('minutes'),
    checks: {
      current: inState(current),
      stale: inState(stale),
      missing: inState(missing),
      failing: inState(failing),
    },
  };
}

/**
 * Totals by family, `general` (pages of no trainer) last; groups that hold nothing are left out.
 * A page and a check belong to the family of their first trainer, so the parts add up to the whole.
 */
export function totalsByFamily({ trainers, pages, checks }: Parts) {
  const groups: PageGroup[] = [...families, 'general'];
  return groups.flatMap((family) => {
    const parts = {
      trainers: trainers.filter((trainer) => trainer.family === family),
      pages: pages.filter((page) => page.family === family),
      checks: checks.filter((check) => check.family === family),
    };
    const empty = parts.trainers.length + parts.pages.length + parts.checks.length === 0;
    return empty ? [] : [{ family, ...totalsOf(parts) }];
  });
}
