import { type EntryData, isSurvey } from '../collections/entry.ts';
import type { Facts } from '../collections/facts.ts';
import type { LearningPath } from '../collections/learning-path.ts';
import type { Trainer } from '../collections/trainer.ts';
import { compareReleases } from '../trl/release-order.ts';
import { driftOf, type Upgrade } from './drift.ts';
import { newestReleaseWith, worstState } from './freshness.ts';
import type {
  Coverage,
  PageGroup,
  PageKind,
  Remaining,
  ReportedCheck,
  ReportedPage,
  ReportedTrainer,
} from './report-schema.ts';
import { pageKinds } from './report-schema.ts';
import { totalsByFamily, totalsOf } from './totals.ts';
import { byKind, type EntryCheck, type Evidence, entryChecks, judgeCheck, judgeRun } from './verified.ts';

/** One page as the report needs it. */
export interface CoveredPage {
  ref: string;
  kind: PageKind;
  file: string;
  data: EntryData;
  /** Markdown of the page, in which executed fences are looked for. */
  body: string;
  lines: number;
  words: number;
  minutes: number;
}

export interface CoverageInput extends Evidence {
  pages: readonly CoveredPage[];
  /** Learning paths, drafts included. */
  paths: readonly Pick<LearningPath, 'slug' | 'title' | 'draft' | 'steps'>[];
  /** The newest release after the pinned one, and what it would make untrue. */
  upgrade?: Upgrade | undefined;
}

/** Everything that STATUS says, from what is there and what was checked. Nothing in it is typed by hand. */
export function coverageReport(input: CoverageInput): Coverage {
  const trainers = [...input.trainers].sort(
    (a, b) => a.priority - b.priority || a.slug.localeCompare(b.slug, 'en'),
  );
  const familyOf = (slugs: readonly string[]): PageGroup =>
    trainers.find(({ slug }) => slug === slugs[0])?.family ?? 'general';
  const checks = reportedChecks(input, familyOf);
  const pages = reportedPages(input, checks, familyOf);
  const reported = trainers.map((trainer) => reportedTrainer(trainer, pages, checks, input.facts));
  const newest = [...input.facts].sort((a, b) => compareReleases(b.trl, a.trl))[0];
  const paths = input.paths.map(({ slug, title, draft, steps }) => ({
    slug,
    title,
    draft,
    steps: steps.length,
  }));
  const parts = { trainers: reported, pages, checks };
  return {
    schema: 1,
    trl: newest?.trl ?? null,
    released: newest?.released ?? null,
    drift: input.upgrade ? driftOf(input.upgrade, input.pages) : null,
    totals: totalsOf(parts),
    families: totalsByFamily(parts),
    trainers: reported,
    pages,
    paths,
    remaining: reported.flatMap((trainer) => remainingFor(trainer, pages, checks)),
    checks,
  };
}

/** Every check once: those that pages need or have, then those that no page claims. */
function reportedChecks(
  input: CoverageInput,
  familyOf: (slugs: readonly string[]) => PageGroup,
): ReportedCheck[] {
  const reported = new Map<string, ReportedCheck>();
  const add = (check: EntryCheck, page?: string) => {
    const known = reported.get(check.id) ?? {
      ...check,
      trainers: [...check.trainers],
      family: familyOf(check.trainers),
      pages: [],
    };
    reported.set(check.id, page === undefined ? known : { ...known, pages: [...known.pages, page] });
  };
  for (const page of input.pages) {
    for (const check of entryChecks(page, input)) {
      // What a draft has not been through yet is no debt of the site: `remaining` names the draft.
      if (!(page.data.draft && check.state === 'missing')) add(check, page.ref);
    }
  }
  for (const check of input.verification.checks) add(judgeCheck(check, input));
  for (const run of input.runs) add(judgeRun(run, input));
  return [...reported.values()].sort(byKind);
}

function reportedPages(
  { pages }: CoverageInput,
  checks: readonly ReportedCheck[],
  familyOf: (slugs: readonly string[]) => PageGroup,
): ReportedPage[] {
  return pages.map(({ ref, kind, file, data, lines, words, minutes }) => {
    const states = checks.filter((check) => check.pages.includes(ref)).map(({ state }) => state);
    return {
      ref,
      kind,
      title: data.title,
      file,
      trainers: data.trainers,
      family: familyOf(data.trainers),
      draft: data.draft,
      verified: data.verified,
      lines,
      words,
      minutes,
      covers: data.covers,
      unchecked: data.unchecked,
      freshness: states.length > 0 ? worstState(states) : null,
    };
  });
}

function reportedTrainer(
  trainer: Trainer,
  allPages: readonly ReportedPage[],
  allChecks: readonly ReportedCheck[],
  facts: readonly Facts[],
): ReportedTrainer {
  const pages = allPages.filter((page) => page.trainers.includes(trainer.slug) && !isSurvey(page));
  const published = pages.filter(({ draft }) => !draft);
  const checks = allChecks.filter((check) =>
    check.pages.some((ref) => pages.some((page) => page.ref === ref)),
  );
  const outdated = outdatedFacts(trainer, facts);
  const late = checks.filter(({ state }) => state !== 'current');
  const refs = (kind: PageKind) => pages.filter((page) => page.kind === kind).map(({ ref }) => ref);
  const states = [...checks.map(({ state }) => state), ...(outdated ? ['stale' as const] : [])];
  return {
    slug: trainer.slug,
    name: trainer.name,
    title: trainer.title,
    class: trainer.class,
    config: trainer.config,
    family: trainer.family,
    priority: trainer.priority,
    availability: availability(trainer),
    facts: newestReleaseWith(facts, trainer.class) ?? null,
    draft: trainer.draft,
    documented: published.length > 0,
    complete: pageKinds.every((kind) => published.some((page) => page.kind === kind && page.verified)),
    pages: { annotated: refs('annotated'), guide: refs('guide'), script: refs('script') },
    covers: [...new Set(published.flatMap((page) => page.covers))],
    checks: checks.map(({ id }) => id),
    freshness: published.length > 0 ? worstState(states) : null,
    reasons:
      pages.length > 0
        ? [
            ...(outdated ? [outdated] : []),
            ...late.flatMap(({ id, reasons }) => reasons.map((r) => `${id}: ${r}`)),
          ]
        : [],
  };
}

/** What the registry says of the newest release: its last record. */
function availability({ slug, availability }: Trainer): ReportedTrainer['availability'] {
  const last = availability.at(-1);
  if (!last) throw new Error(`trainer ${slug}: expected at least one availability record, found none`);
  return { tier: last.tier, since: last.since };
}

/** Why the registry's `facts` is not the newest release that has the class; undefined when it is. */
function outdatedFacts(trainer: Trainer, facts: readonly Facts[]): string | undefined {
  const newest = newestReleaseWith(facts, trainer.class);
  if (newest === undefined) return `no facts hold ${trainer.class}: \`npm run facts\``;
  if (newest === trainer.facts) return undefined;
  return `the registry names TRL ${trainer.facts}; ${trainer.class} is in ${newest}`;
}

function remainingFor(
  trainer: ReportedTrainer,
  pages: readonly ReportedPage[],
  checks: readonly ReportedCheck[],
): Remaining[] {
  const own = pages.filter((page) => page.trainers.includes(trainer.slug) && !isSurvey(page));
  const late = checks.filter(({ id, state }) => state !== 'current' && trainer.checks.includes(id));
  if (trainer.complete && trainer.freshness === 'current') return [];
  return [
    {
      slug: trainer.slug,
      name: trainer.name,
      priority: trainer.priority,
      unwritten: pageKinds.filter((kind) => trainer.pages[kind].length === 0),
      unfinished: own
        .filter(({ draft, verified }) => draft || !verified)
        .map(({ ref, draft }) => ({ ref, why: draft ? 'draft' : 'not verified' })),
      checks: late.map(({ id }) => id),
    },
  ];
}
