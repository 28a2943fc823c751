import type { ErrorCode } from './catalogue.ts';

/**
 * The page of an error: `errors/<code>/`, a path from the root of the site.
 *
 * @param site address of the site (SITE_URL and BASE_PATH) when it is known: gives a whole address
 */
export function docsOf(code: ErrorCode, site?: string): string {
  const path = `errors/${code}/`;
  return site === undefined ? path : new URL(path, site.endsWith('/') ? site : `${site}/`).href;
}

/** The address that a site is published at, by the environment; undefined when nobody gave SITE_URL. */
export function siteAddress(env: Readonly<Record<string, string | undefined>>): string | undefined {
  if (!env.SITE_URL || !URL.canParse(env.SITE_URL)) return undefined;
  return new URL(`/${env.BASE_PATH ?? ''}/`.replace(/\/+/g, '/'), env.SITE_URL).href;
}
