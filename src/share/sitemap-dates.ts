import { type Committed, committed } from '../navigation/git-dates.ts';

/** Folders of content by the section of the site that shows their files. */
const folders: Readonly<Record<string, string>> = {
  trainers: 'annotated-trainers',
  guides: 'reference-guides',
  examples: 'example-scripts',
  paths: 'learning-paths',
};

/**
 * The day on which the file of a page was last committed; undefined for a page made from many files.
 *
 * @param path on the site, without base: `/trainers/dpo/`
 * @param dates by the path of a file below the content folder
 */
export function lastChange(path: string, dates: ReadonlyMap<string, Committed>): string | undefined {
  const [, section = '', slug = ''] = /^\/([^/]+)\/([^/]+)\/$/.exec(path) ?? [];
  const folder = folders[section];
  if (folder === undefined) return undefined;
  // A script is named in Python's way, its page in the web's.
  const names = [`${slug}.mdx`, `${slug}.md`, `${slug}.yaml`, `${slug.replaceAll('-', '_')}.py`];
  return names.flatMap((name) => dates.get(`${folder}/${name}`)?.last ?? [])[0];
}

/**
 * Gives the items of the sitemap their days, for `serialize` of @astrojs/sitemap.
 *
 * @param base with slashes at both ends
 */
export function sitemapDates(contentDir: string, base: string) {
  let dates: Promise<ReadonlyMap<string, Committed>> | undefined;
  return async <Item extends { url: string }>(item: Item): Promise<Item & { lastmod?: string }> => {
    dates ??= committed(contentDir);
    const day = lastChange(new URL(item.url).pathname.replace(base, '/'), await dates);
    return day === undefined ? item : { ...item, lastmod: day };
  };
}
