/** Pages of the site itself, by their address below its root: what a learning path may name as `page:`. */
export const sitePages = ['trainers', 'choose', 'reference', 'glossary', 'explorers'] as const;
export type SitePage = (typeof sitePages)[number];

/** Whether a reference names a page of the site itself. */
export function isSitePage(ref: string): ref is SitePage {
  return sitePages.some((page) => page === ref);
}
