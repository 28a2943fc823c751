import type { PageKind } from '../coverage/report-schema.ts';

export interface Crumb {
  label: string;
  /** Site path, without base. */
  path: string;
}

/** The index page that lists each kind. */
export const kindIndex: Record<PageKind, Crumb> = {
  annotated: { label: 'Trainers', path: '/trainers/' },
  guide: { label: 'Guides', path: '/guides/' },
  script: { label: 'Examples', path: '/examples/' },
};

/** The way from the home page to a page's index; the page itself is not part of it. */
export function breadcrumbs(kind: PageKind): Crumb[] {
  return [{ label: 'Home', path: '/' }, kindIndex[kind]];
}
