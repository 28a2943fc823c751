import { isSurvey } from '../collections/entry.ts';
import type { PageKind } from '../coverage/report-schema.ts';
import { type NavPage, readingKinds } from './page.ts';
import { firstInReadingOrder } from './sidebar.ts';

export interface SetMember<P> {
  kind: PageKind;
  /** Absent when nobody wrote this page yet. */
  page: P | undefined;
  current: boolean;
}

/**
 * The set that a page belongs to: one page a kind, those of its first trainer.
 * For its own kind it is the page itself. Empty for a page that serves no trainer, or surveys many.
 */
export function pageSet<P extends NavPage>(page: P, pages: readonly P[]): SetMember<P>[] {
  const slug = page.data.trainers[0];
  if (slug === undefined || isSurvey(page.data)) return [];
  const own = pages.filter(({ data }) => data.trainers.includes(slug) && !isSurvey(data));
  return readingKinds.map((kind) => {
    const current = kind === page.kind;
    const ofKind = own.filter((other) => other.kind === kind);
    // A page written for this trainer first stands before one that serves it among others.
    const first = firstInReadingOrder(ofKind.filter(({ data }) => data.trainers[0] === slug));
    return { kind, page: current ? page : (first ?? firstInReadingOrder(ofKind)), current };
  });
}
