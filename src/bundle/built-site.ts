import { z } from 'zod';
import { readSite, readText, type SiteFiles } from '../checks/dist/site-files.ts';
import { type FileList, fileListName, parseFileList } from '../offline/file-list.ts';
import { fileList } from '../offline/write-file-list.ts';

/** A built site as the last good build left it. */
export interface BuiltSite {
  site: SiteFiles;
  list: FileList;
  /** The release of TRL that its pages are held to; undefined where the content has no facts. */
  trl: string | undefined;
}

const statusSchema = z.looseObject({ trl: z.string().nullish() });
const cure = 'Make it: npm run build';

/**
 * Reads a built site, and holds its files to the list that the build wrote.
 *
 * @throws Error when there is none, or when files were changed, added or taken away since
 */
export function readBuiltSite(dir: string): BuiltSite {
  let site: SiteFiles;
  try {
    site = readSite(dir, dir);
  } catch (cause) {
    throw new Error(`expected a built site in ${dir}, found no such folder\n  ${cure}`, { cause });
  }
  if (!site.paths.has(fileListName)) {
    throw new Error(`expected ${dir}/${fileListName}, which a build writes last, found none\n  ${cure}`);
  }
  const list = parseFileList(readText(site, fileListName));
  const found = fileList(site, list.base);
  if (found.build !== list.build) {
    const [path, what] = firstDifference(list, found);
    throw new Error(
      `expected ${dir} as build ${list.build.slice(0, 8)} left it, found ${path} ${what}\n  Build it anew: npm run build`,
    );
  }
  const status = site.paths.has('status.json') ? readText(site, 'status.json') : '{}';
  return { site, list, trl: statusSchema.parse(JSON.parse(status)).trl ?? undefined };
}

function firstDifference(expected: FileList, found: FileList): [path: string, what: string] {
  const digests = (list: FileList) => new Map(list.files.map(({ path, digest }) => [path, digest]));
  const before = digests(expected);
  const now = digests(found);
  for (const [path, digest] of before) {
    if (!now.has(path)) return [path, 'missing'];
    if (now.get(path) !== digest) return [path, 'changed'];
  }
  const [added = fileListName] = [...now.keys()].filter((path) => !before.has(path));
  return [added, before.size === now.size ? 'changed' : 'added'];
}
