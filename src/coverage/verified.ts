import type { EntryData } from '../collections/entry.ts';
import type { Facts } from '../collections/facts.ts';
import type { RecordedRun } from '../collections/recorded-run.ts';
import type { Trainer } from '../collections/trainer.ts';
import type { Verification, VerifiedCheck } from '../collections/verification.ts';
import { compareReleases } from '../trl/release-order.ts';
import { type CheckState, changedInputs, newestReleaseWith } from './freshness.ts';

/** Everything that says what was checked, and the digests that say whether it still holds. */
export interface Evidence {
  trainers: readonly Trainer[];
  facts: readonly Facts[];
  verification: Verification;
  runs: readonly RecordedRun[];
  /** Digests of today's files, by the paths that `verification` and `runs` name. */
  digests: ReadonlyMap<string, string>;
}

/** The part of an entry that decides which checks it needs. */
export interface CheckedEntry {
  ref: string;
  data: Pick<EntryData, 'trainers' | 'verified'>;
  body: string;
}

/** The Python checks, and the recorded run that a script's figures come from. */
export type CheckKind = VerifiedCheck['kind'] | 'run';

/** One check that concerns an entry, with its state today. */
export interface EntryCheck {
  /** Id in verification.json; `runs/<script>` for a run; `<ref>/<kind>` for a check that nobody ran. */
  id: string;
  kind: CheckKind;
  state: CheckState;
  title: string;
  trainers: readonly string[];
  /** TRL release that it ran against; null when it never ran. */
  trl: string | null;
  date: string | null;
  /** Assertions that held and that did not; null for a run and for a check that never ran. */
  passed: number | null;
  failed: number | null;
  /** Why the state is not `current`, one sentence each. */
  reasons: string[];
}

const missingTitles: Record<CheckKind, string> = {
  facts: 'Names and defaults match TRL',
  equality: 'Distilled code equals TRL',
  fences: 'Code blocks print what the page shows',
  script: 'The script runs and its assertions hold',
  run: 'A recorded run',
};

/**
 * The checks that concern an entry, in a fixed order of kinds, each `current`, `stale` (an input changed,
 * or a newer TRL release has the trainer), `failing`, or `missing` (the entry needs it and nobody ran it).
 *
 * A check with an `entry` concerns that entry alone. One without concerns the pages of its trainers:
 * `facts` all three kinds, `equality` the two that explain the distilled code. What was imported has none: no check
 * reads it before somebody has.
 */
export function entryChecks(entry: CheckedEntry, evidence: Evidence): EntryCheck[] {
  if (!entry.data.verified) return [];
  const found = [
    ...evidence.verification.checks
      .filter((check) => concerns(check, entry))
      .map((check) => judgeCheck(check, evidence)),
    ...evidence.runs
      .filter((run) => scriptRef(run.script) === entry.ref)
      .map((run) => judgeRun(run, evidence)),
  ];
  const missing = neededKinds(entry)
    .filter((kind) => !found.some((check) => check.kind === kind))
    .map((kind) => notRun(entry, kind));
  return [...found, ...missing].sort(byKind);
}

/** The entry that a recorded run's script belongs to: `dpo_training` is `examples/dpo-training`. */
function scriptRef(script: string): string {
  return `examples/${script.replaceAll('_', '-')}`;
}

function concerns(check: VerifiedCheck, entry: CheckedEntry): boolean {
  if (check.entry !== null) return check.entry === entry.ref;
  if (check.kind === 'equality' && entry.ref.startsWith('examples/')) return false;
  return check.trainers.some((slug) => entry.data.trainers.includes(slug));
}

/** The kinds of check that an entry cannot do without. */
function neededKinds(entry: CheckedEntry): CheckKind[] {
  const facts: CheckKind[] = entry.data.trainers.length > 0 ? ['facts'] : [];
  const fences: CheckKind[] = hasExecutedFence(entry.body) ? ['fences'] : [];
  if (entry.ref.startsWith('trainers/')) return [...facts, 'equality', ...fences];
  if (entry.ref.startsWith('examples/')) return [...facts, 'script', 'run'];
  return [...facts, ...fences];
}

/** Whether the page holds a Python fence that is neither `unchecked` nor `norun`. */
function hasExecutedFence(body: string): boolean {
  return [...body.matchAll(/^[ \t]*```python\b(.*)$/gm)].some(
    ([, meta]) => meta !== undefined && !/\b(?:unchecked|norun)=/.test(meta),
  );
}

/** The state of one Python check today. */
export function judgeCheck(check: VerifiedCheck, evidence: Evidence): EntryCheck {
  const { id, kind, title, trainers, trl, date, passed, failed } = check;
  if (failed > 0) {
    const reasons = [`${failed} of ${passed + failed} assertions failed`];
    return { id, kind, state: 'failing', title, trainers, trl, date, passed, failed, reasons };
  }
  if (passed === 0) {
    const reasons = ['it ran without a single assertion'];
    return { id, kind, state: 'missing', title, trainers, trl, date, passed, failed, reasons };
  }
  const reasons = staleReasons(check.inputs, trl, check.trainers, evidence);
  const state = reasons.length > 0 ? 'stale' : 'current';
  return { id, kind, state, title, trainers, trl, date, passed, failed, reasons };
}

/** The state of one recorded run today. */
export function judgeRun(run: RecordedRun, evidence: Evidence): EntryCheck {
  const trl = run.versions.trl ?? null;
  const reasons = staleReasons(run.inputs, trl, run.trainers, evidence);
  return {
    id: `runs/${run.script}${run.variant ? `.${run.variant}` : ''}`,
    kind: 'run',
    state: reasons.length > 0 ? 'stale' : 'current',
    title: `Recorded run of ${run.script}.py${run.args.length > 0 ? ` ${run.args.join(' ')}` : ''}`,
    trainers: run.trainers,
    trl,
    date: run.date,
    passed: null,
    failed: null,
    reasons,
  };
}

function notRun({ ref, data }: CheckedEntry, kind: CheckKind): EntryCheck {
  return {
    id: `${ref}/${kind}`,
    kind,
    state: 'missing',
    title: missingTitles[kind],
    trainers: data.trainers,
    trl: null,
    date: null,
    passed: null,
    failed: null,
    reasons: [`nobody ran it: \`${cureOf(kind)}\``],
  };
}

/** The command that runs a check of this kind and writes down what it found. */
export function cureOf(kind: CheckKind): string {
  return kind === 'run' ? 'npm run record -- all' : 'npm run verify -- --write';
}

function staleReasons(
  inputs: Readonly<Record<string, string>>,
  trl: string | null,
  trainers: readonly string[],
  { facts, digests, ...evidence }: Evidence,
): string[] {
  const reasons = changedInputs(inputs, digests);
  for (const trainer of evidence.trainers.filter(({ slug }) => trainers.includes(slug))) {
    const newest = newestReleaseWith(facts, trainer.class);
    if (newest !== undefined && (trl === null || compareReleases(trl, newest) < 0)) {
      reasons.push(`ran against TRL ${trl ?? 'unknown'}; ${trainer.class} is in ${newest}`);
    }
  }
  return reasons;
}

const kindOrder: CheckKind[] = ['facts', 'equality', 'fences', 'script', 'run'];

/** Order of kinds, then of ids. */
export function byKind(a: EntryCheck, b: EntryCheck): number {
  return kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || a.id.localeCompare(b.id, 'en');
}
