import { existsSync } from 'node:fs';
import { buildOptions } from '../../src/build/options.ts';
import type { SiteContext } from '../../src/checks/dist/check.ts';
import { readSite } from '../../src/checks/dist/site-files.ts';

/** The site in dist/, and where it was built for (SITE_URL, BASE_PATH). Throws when there is none. */
export function builtSite(): SiteContext {
  if (!existsSync('dist/index.html')) {
    throw new Error('expected a built site in dist/, found none\n  Make it: npm run build');
  }
  const { base, siteUrl } = buildOptions([], process.env);
  return { site: readSite('dist'), base, origin: new URL(siteUrl).origin };
}
