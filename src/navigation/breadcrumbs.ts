export interface Crumb {
  label: string;
  /** Site path, without base. */
  path: string;
}

/** The index pages, by the folder of the pages that each lists. */
const indexes = new Map(
  Object.entries({
    trainers: 'Trainers',
    guides: 'Guides',
    examples: 'Examples',
    paths: 'Learning paths',
    errors: 'Errors',
  }),
);

/**
 * The way from the home page to the index that lists a page; the page itself is not part of it.
 *
 * @param ref the page's path without base and outer slashes: `trainers/dpo`
 * @returns nothing for a page that stands in no list: the home page, an index
 */
export function breadcrumbs(ref: string): Crumb[] {
  const [folder = '', page] = ref.split('/');
  const label = indexes.get(folder);
  if (page === undefined || label === undefined) return [];
  return [
    { label: 'Home', path: '/' },
    { label, path: `/${folder}/` },
  ];
}
