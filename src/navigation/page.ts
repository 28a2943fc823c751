import { type EntryData, isSurvey } from '../collections/entry.ts';
import type { Trainer } from '../collections/trainer.ts';
import type { PageKind } from '../coverage/report-schema.ts';

/** A page as navigation sees it. */
export interface NavPage {
  /** `trainers/dpo`, `guides/dpo-loss`, `examples/dpo-training`. */
  ref: string;
  kind: PageKind;
  data: Pick<EntryData, 'title' | 'trainers'>;
}

/** The order in which a set is read, that of the learning paths: the loss, the code that computes it, a run. */
export const readingKinds = ['guide', 'annotated', 'script'] as const satisfies readonly PageKind[];

/** What links call each kind. */
export const kindLabels = {
  annotated: 'Annotated trainer',
  guide: 'Reference guide',
  script: 'Example script',
} as const satisfies Record<PageKind, string>;

const levels = ['first steps', 'practised', 'advanced', 'research'];

/** `practised (2 of 4)`. */
export function difficultyText(difficulty: number): string {
  return `${levels[difficulty - 1]} (${difficulty} of 4)`;
}

/** The trainer whose set a page belongs to: the first that it names; none for a page that surveys many. */
export function trainerOf(page: NavPage, trainers: readonly Trainer[]): Trainer | undefined {
  if (isSurvey(page.data)) return undefined;
  return trainers.find(({ slug }) => slug === page.data.trainers[0]);
}
