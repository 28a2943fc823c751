import type { NavPage } from './page.ts';
import type { Sidebar } from './sidebar.ts';

export interface Neighbours<P> {
  previous: P | undefined;
  next: P | undefined;
}

/** All pages in the order of the sidebar, each once. */
export function readingOrder<P extends NavPage>({ groups, general }: Sidebar<P>): P[] {
  const listed = groups.flatMap(({ trainers }) => trainers.flatMap(({ pages }) => pages));
  return [...new Set([...listed, ...general])];
}

/** The pages before and after `ref` in the order of the sidebar. */
export function neighbours<P extends NavPage>(tree: Sidebar<P>, ref: string): Neighbours<P> {
  const order = readingOrder(tree);
  const at = order.findIndex((page) => page.ref === ref);
  return {
    previous: at > 0 ? order[at - 1] : undefined,
    next: at >= 0 ? order[at + 1] : undefined,
  };
}
