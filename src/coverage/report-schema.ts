import { z } from 'zod';
import { entryRef, slug } from '../collections/entry.ts';
import { family, tier } from '../collections/trainer.ts';
import { checkStates } from './freshness.ts';

/** The three kinds of page, in the order of the report's columns. */
export const pageKinds = ['annotated', 'guide', 'script'] as const;
export type PageKind = (typeof pageKinds)[number];

/** What a row calls each kind. */
export const pageKindNames: Record<PageKind, string> = {
  annotated: 'annotated trainer',
  guide: 'reference guide',
  script: 'example script',
};

const count = z.int().min(0);
const state = z.enum(checkStates);
const kind = z.enum(pageKinds);
/** A family, or `general` for pages that serve no trainer. */
const group = z.union([family, z.literal('general')]);

const reportedCheck = z.object({
  id: z.string(),
  kind: z.enum(['facts', 'equality', 'fences', 'script', 'run']),
  state,
  title: z.string(),
  /** TRL release that it ran against; null when it never ran. */
  trl: z.string().nullable(),
  date: z.iso.date().nullable(),
  passed: count.nullable(),
  failed: count.nullable(),
  reasons: z.array(z.string()),
  /** The family of the check's first trainer. */
  family: group,
  trainers: z.array(slug),
  /** The pages that it concerns. */
  pages: z.array(entryRef),
});

const reportedPage = z.object({
  ref: entryRef,
  kind,
  title: z.string(),
  /** Source file, relative to the content folder's parent. */
  file: z.string(),
  /** Trainers that it serves; its lines and words are counted once, with the first. */
  trainers: z.array(slug),
  family: group,
  draft: z.boolean(),
  verified: z.boolean(),
  lines: count,
  words: count,
  minutes: count,
  covers: z.array(z.string()),
  unchecked: z.array(z.string()),
  /** Worst state of its checks; null when it needs none. */
  freshness: state.nullable(),
});

const totals = z.object({
  trainers: count,
  /** Trainers with at least one published page. */
  documented: count,
  /** Trainers with a published, verified page of each kind. */
  complete: count,
  /** Published pages by kind; drafts are counted apart. */
  pages: z.object({ annotated: count, guide: count, script: count }),
  drafts: count,
  lines: count,
  words: count,
  minutes: count,
  checks: z.object({ current: count, stale: count, missing: count, failing: count }),
});

const reportedTrainer = z.object({
  slug,
  name: z.string(),
  title: z.string(),
  class: z.string(),
  config: z.string(),
  family,
  priority: z.int().min(1),
  /** Tier in the newest TRL whose facts are here, and the release it holds since. */
  availability: z.object({ tier, since: z.string() }),
  /** Newest release whose facts hold the class; null when none does. */
  facts: z.string().nullable(),
  /** Its registry record is not finished: no page shows it. */
  draft: z.boolean(),
  /** It has at least one published page. */
  documented: z.boolean(),
  /** It has a published, verified page of each kind. */
  complete: z.boolean(),
  /** Refs of its pages by kind, drafts included. */
  pages: z.object({ annotated: z.array(entryRef), guide: z.array(entryRef), script: z.array(entryRef) }),
  covers: z.array(z.string()),
  /** Ids of the checks that concern its pages. */
  checks: z.array(z.string()),
  /** Worst of its pages and facts; null when it has no page. */
  freshness: state.nullable(),
  /** Why the freshness is not `current`, one sentence each. */
  reasons: z.array(z.string()),
});

const reportedPath = z.object({ slug, title: z.string(), draft: z.boolean(), steps: count });

const remaining = z.object({
  slug,
  name: z.string(),
  priority: z.int().min(1),
  /** Kinds of page that nobody wrote. */
  unwritten: z.array(kind),
  /** Pages that are there and not finished. */
  unfinished: z.array(z.object({ ref: entryRef, why: z.enum(['draft', 'not verified']) })),
  /** Ids of checks that are not current. */
  checks: z.array(z.string()),
});

/** Something that holds for the pinned release, and would not for the newer one. */
const driftFinding = z.object({ file: z.string(), line: z.int().min(1), message: z.string() });

const drift = z.object({
  /** The newest release whose facts are here, and its day. */
  trl: z.string(),
  released: z.string(),
  /** Pages that it touches, with what they show of distilled files. */
  pages: z.array(z.object({ ref: entryRef, title: z.string(), findings: z.array(driftFinding) })),
  /** What belongs to no page: registry, glossary, paths. */
  elsewhere: z.array(driftFinding),
});

/** Shape of `/status.json`; the page, `/STATUS.md` and `npm run status` render the same object. */
export const coverageSchema = z.object({
  schema: z.literal(1),
  /** The TRL that content is held to, and the day of its release. */
  trl: z.string().nullable(),
  released: z.string().nullable(),
  /** What a newer release would make untrue; null when none is at hand. */
  drift: drift.nullable(),
  totals,
  /** A partition of `totals`: families that hold a trainer, then `general`. */
  families: z.array(totals.extend({ family: group })),
  /** By priority. */
  trainers: z.array(reportedTrainer),
  pages: z.array(reportedPage),
  /** Learning paths in their order, drafts included. */
  paths: z.array(reportedPath),
  /** By priority: trainers that are not complete or not fresh. */
  remaining: z.array(remaining),
  checks: z.array(reportedCheck),
});

export type Coverage = z.output<typeof coverageSchema>;
export type Drift = z.output<typeof drift>;
export type DriftFinding = z.output<typeof driftFinding>;
export type CoverageTotals = z.output<typeof totals>;
export type ReportedTrainer = z.output<typeof reportedTrainer>;
export type ReportedPage = z.output<typeof reportedPage>;
export type ReportedCheck = z.output<typeof reportedCheck>;
export type PageGroup = z.output<typeof group>;
export type Remaining = z.output<typeof remaining>;
