import type { LearningPath } from '../collections/learning-path.ts';

/** Reading time of a path, in minutes: the sum over its pages that are published. */
export function pathMinutes(
  { steps }: Pick<LearningPath, 'steps'>,
  pages: ReadonlyMap<string, { minutes: number }>,
): number {
  return steps.reduce((total, { entry }) => total + (pages.get(entry)?.minutes ?? 0), 0);
}
