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
  return [...pages].sort(compare);
}

/** The first of them, without sorting the rest. */
export function firstInReadingOrder<P extends NavPage>(pages: readonly P[]): P | undefined {
  return pages.reduce<P | undefined>(
    (first, page) => (first && compare(first, page) <= 0 ? first : page),
    undefined,
  );
}

const titles = new Intl.Collator('en');

function compare(a: NavPage, b: NavPage): number {
  return (
    readingKinds.indexOf(a.kind) - readingKinds.indexOf(b.kind) || titles.compare(a.data.title, b.data.title)
  );
}

/** What a list of the tree shows of its pages. */
export interface Excerpt<P> {
  shown: P[];
  /** How many are not shown; a link to the index stands for them. */
  more: number;
}

/** How many pages a list of the tree shows; every page of the site carries the tree. */
const most = 16;

/**
 * A list of pages as the tree shows it: whole, or where it is long the pages around the current one, or its
 * beginning. A tree with thousands of links on each of thousands of pages would be of use to nobody.
 */
export function excerptAround<P extends NavPage>(pages: readonly P[], current: string): Excerpt<P> {
  if (pages.length <= most) return { shown: [...pages], more: 0 };
  const at = pages.findIndex(({ ref }) => ref === current);
  const half = most / 2;
  const from = Math.min(Math.max(at - half, 0), pages.length - most);
  return { shown: pages.slice(from, from + most), more: pages.length - most };
}
