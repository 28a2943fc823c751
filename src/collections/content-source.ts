import type { Problem } from '../errors/problem.ts';
import type { AnnotatedTrainerData } from './annotated-trainer.ts';
import type { Cell } from './cells.ts';
import type { Chooser } from './chooser.ts';
import type { CurvePlot } from './curve-plot.ts';
import type { DefaultRun } from './default-run.ts';
import type { DistilledFile } from './distilled.ts';
import type { ExampleScriptData, ScriptHeader } from './example-script.ts';
import type { Facts } from './facts.ts';
import type { GlossaryTerm } from './glossary-term.ts';
import type { LearningPath } from './learning-path.ts';
import type { MigrationNote } from './migration-note.ts';
import type { Origin } from './origin.ts';
import type { Paper } from './paper.ts';
import type { RecordedRun } from './recorded-run.ts';
import type { ReferenceGuideData } from './reference-guide.ts';
import type { Trainer } from './trainer.ts';
import type { TrlHistory } from './trl-history.ts';
import type { Verification } from './verification.ts';

/** A page that an author wrote. */
export interface SourceEntry<D> {
  /** `trainers/dpo`, `guides/dpo-loss`, `examples/dpo-training`: also the page's path. */
  ref: string;
  /** The file name without its ending; of a script, with hyphens. */
  id: string;
  /** Relative to the working directory. */
  file: string;
  data: D;
  body: string;
  /** Line of the file where `body` starts, from 1. */
  bodyLine: number;
}

/** An example script. Its body is the whole file. */
export interface SourceScript extends SourceEntry<ExampleScriptData> {
  header: ScriptHeader;
  cells: Cell[];
}

/** A Python module beside the scripts that they import (`lab.py`). */
export interface SupportModule {
  file: string;
  text: string;
}

/** Ids that files claim, whether or not the file parses: a broken page is not also a missing one. */
export interface ClaimedIds {
  trainers: ReadonlySet<string>;
  entries: ReadonlySet<string>;
  paths: ReadonlySet<string>;
  papers: ReadonlySet<string>;
  terms: ReadonlySet<string>;
}

/** Everything that an author wrote, parsed, with the problems met on the way. */
export interface ContentSource {
  dir: string;
  /** Sorted by priority. */
  trainers: Trainer[];
  annotated: SourceEntry<AnnotatedTrainerData>[];
  guides: SourceEntry<ReferenceGuideData>[];
  scripts: SourceScript[];
  supportModules: SupportModule[];
  /** In their order. */
  paths: LearningPath[];
  glossary: GlossaryTerm[];
  papers: Paper[];
  /** Up to the pinned release, newest first: what content is held to. */
  facts: Facts[];
  /** Releases after the pinned one, newest first: what an upgrade would bring. */
  newerFacts: Facts[];
  history: TrlHistory | undefined;
  migration: MigrationNote[];
  defaultRuns: DefaultRun[];
  /** The way from what a reader has to a trainer; content may come without. */
  chooser: Chooser | undefined;
  runs: RecordedRun[];
  curves: CurvePlot[];
  verification: Verification;
  distilled: DistilledFile[];
  problems: Problem[];
  /** Where each record, entry and script stands, by the object itself. */
  origins: ReadonlyMap<object, Origin>;
  claimed: ClaimedIds;
  /** The text of every file that was read, by the name that problems use. */
  texts: ReadonlyMap<string, string>;
}

/** The origin of a record of `source`. Throws for an object that is not of `source`. */
export function originOf(source: ContentSource, record: object): Origin {
  const origin = source.origins.get(record);
  if (!origin) throw new Error('originOf: the record does not belong to this content');
  return origin;
}

/** All pages: annotated trainers, guides, scripts. */
export function entriesOf(
  source: Pick<ContentSource, 'annotated' | 'guides' | 'scripts'>,
): SourceEntry<AnnotatedTrainerData | ReferenceGuideData | ExampleScriptData>[] {
  return [...source.annotated, ...source.guides, ...source.scripts];
}
