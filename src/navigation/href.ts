/**
 * A link to a page of this site.
 *
 * @param path from the root of the site, `/trainers/dpo/#forward`
 * @param base where the site is deployed, with or without a slash at the end
 */
export function withBase(path: string, base: string): string {
  if (!path.startsWith('/'))
    throw new Error(`withBase: expected a path that begins with "/", found "${path}"`);
  return `${base.replace(/\/+$/, '')}${path}`;
}
