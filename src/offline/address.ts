import { addressOf } from './file-list.ts';

/** Files whose name changes with their content: the bundler's, and the parts of the search index. */
const hashed = /^(_astro\/|pagefind\/((fragment|index|filter)\/|pagefind\.[^/]+\.pf_meta$))/;

/** What an address asks for, below the site's root. */
export interface Asked {
  /** Without query, hash and `index.html`: the page's folder, or the file. */
  address: string;
  /** Its content never changes, so a kept copy is as good as the network's. */
  immutable: boolean;
}

/**
 * What a request asks for; undefined for other sites, and for what lies outside the base path.
 *
 * @param root address of the site's root, with a slash at the end
 */
export function asked(url: string, root: string): Asked | undefined {
  const { origin, pathname } = new URL(url);
  const base = new URL(root);
  if (origin !== base.origin || !pathname.startsWith(base.pathname)) return undefined;
  const address = addressOf(pathname.slice(base.pathname.length));
  return { address, immutable: hashed.test(address) };
}
