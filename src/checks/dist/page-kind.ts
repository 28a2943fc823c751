/** The kinds of page that a site has, by address; the first that fits counts. */
const kinds = [
  ['home', /^\/$/],
  ['catalogue', /^\/trainers\/$/],
  ['trainer', /^\/trainers\/[^/]+\/$/],
  ['guide', /^\/guides\/[^/]+\/$/],
  ['example', /^\/examples\/[^/]+\/$/],
  ['path', /^\/paths\/[^/]+\/$/],
  ['choose', /^\/choose\//],
  ['explorer', /^\/explorers\/[^/]+\/$/],
  ['distilled code', /^\/distilled\/[^/]+\/$/],
  ['error page', /^\/errors\/[^/]+\/$/],
  ['reference', /^\/reference\/$/],
  ['glossary', /^\/glossary\/$/],
  ['status', /^\/status\/$/],
  ['search', /^\/search\/$/],
  ['not found', /^\/404(?:\.html|\/)$/],
  ['list', /^\/[^/]+\/$/],
] as const satisfies readonly (readonly [string, RegExp])[];

export type PageKind = (typeof kinds)[number][0] | 'other';

/** @param url path on the site without base: `/guides/dpo-loss/` */
export function pageKind(url: string): PageKind {
  return kinds.find(([, pattern]) => pattern.test(url))?.[0] ?? 'other';
}

/** In the order in which reports name them. */
export const pageKinds: readonly PageKind[] = [...kinds.map(([kind]) => kind), 'other'];
