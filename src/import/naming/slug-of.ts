/** The section's own page, and names that Windows has for itself: no file can be called so there. */
const reserved = /^(?:index|con|prn|aux|nul|com[0-9]|lpt[0-9])$/;

/**
 * The part of an address that a name becomes: lower-case words joined by hyphens, at most 80 characters.
 * `DPO_Loss_Reference` -> `dpo-loss-reference`, `Größe` -> `grosse`; a name without Latin letters is `page`.
 */
export function slugOf(name: string): string {
  const slug = name
    .replace(/ß/g, 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replace(/^-+|-+$/g, '');
  return slug === '' || reserved.test(slug) ? `${slug}-page`.replace(/^-/, '') : slug;
}

/** The words of a file's name as a title: `DPO_Loss_Reference` -> `DPO Loss Reference`. */
export function wordsOf(name: string): string {
  return name.replace(/[_-]+/g, ' ').replace(/\s+/g, ' ').trim();
}

/** Name of a file without folders, ending, and the predecessor's `_ANNOTATED`. */
export function bareName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  return name.replace(/[_-]ANNOTATED$/i, '') || name;
}
