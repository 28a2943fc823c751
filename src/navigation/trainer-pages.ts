import { isSurvey } from '../collections/entry.ts';
import type { LearningPath } from '../collections/learning-path.ts';
import type { NavPage } from './page.ts';
import { pageSet } from './page-set.ts';

/** The set of a trainer, in reading order: a page a kind, as far as they are written. */
export function trainerPages<P extends NavPage>(slug: string, pages: readonly P[]): P[] {
  const first = pages.find(({ data }) => data.trainers[0] === slug && !isSurvey(data));
  return first ? pageSet(first, pages).flatMap((member) => member.page ?? []) : [];
}

/** The learning path to a trainer: the one named after it, else the shortest with a page of its set. */
export function pathTo<L extends Pick<LearningPath, 'slug' | 'steps'>>(
  slug: string,
  set: readonly { ref: string }[],
  paths: readonly L[],
): L | undefined {
  const refs = new Set(set.map(({ ref }) => ref));
  return paths
    .filter(({ steps }) => steps.some(({ ref }) => refs.has(ref)))
    .sort((a, b) => Number(b.slug === slug) - Number(a.slug === slug) || a.steps.length - b.steps.length)[0];
}
