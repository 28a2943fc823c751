/** Pages whose places have previews. */
const pages =
  /^(?:(?:trainers|guides|examples|paths)\/[\w-]+\/|(?:trainers|glossary|reference|explorers|choose)\/)$/;

/**
 * Where the previews of a page's places lie.
 *
 * @param pathname with base
 * @param base with a slash at its end
 * @returns undefined for a file, and for a page that has none
 */
export function previewsOf(pathname: string, base: string): string | undefined {
  const path = pathname.startsWith(base) ? pathname.slice(base.length) : '';
  return pages.test(path) ? `${pathname}previews.json` : undefined;
}
