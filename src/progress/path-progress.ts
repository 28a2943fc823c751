import { type PageState, type Progress, pageState } from './progress.ts';

/** A step as its progress is counted. */
export interface OutlineStep {
  /** `trainers/dpo`, `glossary`. */
  ref: string;
  minutes: number;
}

/** A path as its progress is counted. */
export interface PathOutline<S extends OutlineStep = OutlineStep> {
  slug: string;
  after: readonly string[];
  steps: readonly S[];
}

export interface PathProgress<S extends OutlineStep> {
  read: number;
  total: number;
  /** Reading time of the pages that are not marked as read. */
  minutesLeft: number;
  states: PageState[];
  /** The first step that is not read; undefined for a path that is. */
  next: S | undefined;
  /** Whether anything of it was opened or read. */
  begun: boolean;
}

/** How far a reader is on a path. */
export function pathProgress<S extends OutlineStep>(
  progress: Progress,
  { steps }: PathOutline<S>,
): PathProgress<S> {
  const states = steps.map(({ ref }) => pageState(progress, ref));
  const left = steps.filter((_, index) => states[index] !== 'read');
  return {
    read: steps.length - left.length,
    total: steps.length,
    minutesLeft: left.reduce((total, { minutes }) => total + minutes, 0),
    states,
    next: left[0],
    begun: states.some((state) => state !== 'unread'),
  };
}

/** Where a reader goes on. */
export interface Continuation<P> {
  /** The path of the next step; undefined when every path is read. */
  path: P | undefined;
  /** The path that was followed last and is read to its end. */
  finished: P | undefined;
}

/**
 * The path to go on with: the one followed last or, when that is read, the first unread one that comes after
 * it, or the first unread one of all. Without one followed last, the path of which most is read counts as it.
 *
 * @param paths in their order
 * @returns undefined for a reader who has begun nothing
 */
export function continuation<S extends OutlineStep, P extends PathOutline<S>>(
  progress: Progress,
  paths: readonly P[],
): Continuation<P> | undefined {
  const followed =
    paths.find(({ slug }) => slug === progress.last?.path) ??
    paths
      .map((path) => ({ path, ...pathProgress(progress, path) }))
      .filter(({ begun }) => begun)
      .sort((a, b) => b.read - a.read)[0]?.path;
  if (!followed) return undefined;
  const isUnread = (path: P) => pathProgress(progress, path).next !== undefined;
  if (isUnread(followed)) return { path: followed, finished: undefined };
  const onwards = paths.filter(({ after }) => after.includes(followed.slug));
  return { path: [...onwards, ...paths].find(isUnread), finished: followed };
}
