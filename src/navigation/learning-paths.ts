import type { Family } from '../collections/family.ts';
import type { LearningPath } from '../collections/learning-path.ts';

/** A page as a learning path shows it: one that an author wrote, or one of the site itself. */
export interface StepPage {
  /** `trainers/dpo`, or `glossary`. */
  ref: string;
  /** With base. */
  href: string;
  title: string;
  /** `Reference guide`, or `Page`. */
  kind: string;
  /** Reading time. */
  minutes: number;
  family: Family | undefined;
}

type Step = LearningPath['steps'][number];

/** A step with its page. */
export interface PathStep extends Step {
  /** From 1. */
  number: number;
  page: StepPage;
  /** The page's address as a page of this path: `?path=rl` keeps the path while the reader goes on. */
  href: string;
}

/** A learning path with its pages. */
export interface PathView extends Omit<LearningPath, 'steps'> {
  /** With base. */
  href: string;
  steps: PathStep[];
  /** Reading time of all its pages. */
  minutes: number;
}

/** A page's place in one of the paths that it belongs to. */
export interface PathPlace {
  path: PathView;
  step: PathStep;
  previous: PathStep | undefined;
  next: PathStep | undefined;
}

/** The parameter by which a page knows the path that it was opened from. */
export const pathParameter = 'path';

/**
 * The paths with their pages. A step whose page is not published is left out; the check reports it.
 *
 * @param pageOf the page of a reference, undefined when there is none
 * @param hrefOf the address of a site path (`/paths/rl/`), with base
 */
export function pathViews(
  paths: readonly LearningPath[],
  pageOf: (ref: string) => StepPage | undefined,
  hrefOf: (path: string) => string,
): PathView[] {
  return paths.map((path) => {
    const steps = path.steps
      .flatMap((step) => {
        const page = pageOf(step.ref);
        return page ? [{ ...step, page, href: `${page.href}?${pathParameter}=${path.slug}` }] : [];
      })
      .map((step, index) => ({ ...step, number: index + 1 }));
    const minutes = steps.reduce((total, { page }) => total + page.minutes, 0);
    return { ...path, href: hrefOf(`/paths/${path.slug}/`), steps, minutes };
  });
}

/** Where a page stands in the paths, in their order; empty for a page of none. */
export function placesOf(ref: string, paths: readonly PathView[]): PathPlace[] {
  return paths.flatMap((path) => {
    const at = path.steps.findIndex((step) => step.ref === ref);
    const step = path.steps[at];
    return step ? [{ path, step, previous: path.steps[at - 1], next: path.steps[at + 1] }] : [];
  });
}
