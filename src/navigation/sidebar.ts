import { isSurvey } from '../collections/entry.ts';
import type { Family } from '../collections/family.ts';
import type { Trainer } from '../collections/trainer.ts';
import { byFamily } from './families.ts';
import { type NavPage, readingKinds } from './page.ts';

export interface SidebarTrainer<P extends NavPage> {
  trainer: Trainer;
  /** In reading order; empty for a trainer that nobody documented yet. */
  pages: P[];
}

export interface Sidebar<P extends NavPage> {
  groups: { family: Family; trainers: SidebarTrainer<P>[] }[];
  /** Pages that serve no trainer, or many. */
  general: P[];
}

/**
 * The tree of pages: by family, then by trainer. A page stands under every trainer that it serves, unless it
 * surveys many.
 *
 * @param trainers sorted by priority
 * @param pages published pages
 */
export function sidebar<P extends NavPage>(trainers: readonly Trainer[], pages: readonly P[]): Sidebar<P> {
  return {
    groups: byFamily(trainers).map(({ family, trainers: members }) => ({
      family,
      trainers: members.map((trainer) => ({
        trainer,
        pages: inReadingOrder(
          pages.filter(({ data }) => data.trainers.includes(trainer.slug) && !isSurvey(data)),
        ),
      })),
    })),
    general: inReadingOrder(pages.filter(({ data }) => isSurvey(data))),
  };
}

/** Guides, annotated trainer, scripts; within a kind by title. */
export function inReadingOrder<P extends NavPage>(pages: readonly P[]): P[] {
  return [...pages].sort(
    (a, b) =>
      readingKinds.indexOf(a.kind) - readingKinds.indexOf(b.kind) ||
      a.data.title.localeCompare(b.data.title, 'en'),
  );
}
