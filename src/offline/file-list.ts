/** One file that is kept: its path below the site's root, the digest and the number of its bytes. */
export interface ListedFile {
  path: string;
  /** The first 32 hexadecimal digits of its SHA-256. */
  digest: string;
  bytes: number;
}

/** What one build of the site is made of, as far as it is read without a network. */
export interface FileList {
  /** Digest of the list: two builds have the same one exactly if all their kept files are the same. */
  build: string;
  /** The base path that it was built for, with slashes at both ends. */
  base: string;
  /** By path. */
  files: readonly ListedFile[];
}

/** Where the build writes the list, below the site's root. */
export const fileListName = 'offline-files.json';

/** Where the service worker lies, below the site's root: what lies deeper could not answer for all pages. */
export const serviceWorkerName = 'sw.js';

/** As many digits of a digest as the list has. */
export const digestDigits = 32;

/**
 * Nobody reads these without a network: cards and what search engines, feed readers, language models, editors and
 * hosts fetch; what was compressed once for hosts; and the service worker and the list themselves.
 */
const notKept = [
  /^og\//,
  /^schemas\//,
  /^llms(-full)?\.txt$/,
  /^(rss|sitemap[^/]*)\.xml$/,
  /^robots\.txt$/,
  /(^|\/)[._][^/]*$/,
  /\.(gz|br)$/,
];

/** Whether a file of the built site is kept for reading without a network. */
export function isKept(path: string): boolean {
  // `_headers` and the like are for hosts; Astro's own folder is the one underscore that readers need.
  const name = path.replace(/^_astro\//, '');
  return path !== fileListName && path !== serviceWorkerName && !notKept.some((kind) => kind.test(name));
}

/** The address of a file, below the site's root: that of a page is its folder. */
export function addressOf(path: string): string {
  return path.replace(/(^|\/)index\.html$/, '$1');
}

/** The list as it is published; one file a line, so that two builds can be compared. */
export function fileListText({ build, base, files }: FileList): string {
  const lines = files.map(({ path, digest, bytes }) => JSON.stringify([path, digest, bytes]));
  return `{"build":"${build}","base":${JSON.stringify(base)},"files":[\n${lines.join(',\n')}\n]}\n`;
}

/**
 * Reads a published list. Without zod, which weighs more than all scripts of a page.
 *
 * @throws Error when it is none: a host answers what it does not have with a page
 */
export function parseFileList(text: string): FileList {
  const list: unknown = JSON.parse(text);
  if (typeof list === 'object' && list !== null && 'build' in list && 'base' in list && 'files' in list) {
    const { build, base, files } = list;
    if (typeof build === 'string' && typeof base === 'string' && Array.isArray(files)) {
      return { build, base, files: files.map(listedFile) };
    }
  }
  throw new Error('expected a list of files with build, base and files');
}

function listedFile(entry: unknown): ListedFile {
  const [path, digest, bytes]: unknown[] = Array.isArray(entry) ? entry : [];
  if (typeof path === 'string' && typeof digest === 'string' && typeof bytes === 'number') {
    return { path, digest, bytes };
  }
  throw new Error(`expected [path, digest, bytes], found ${JSON.stringify(entry)}`);
}

/** The bytes of some files together. */
export function totalBytes(files: readonly ListedFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The files of a list that another one does not have in the same place with the same bytes. */
export function changedFiles(list: FileList, before: FileList | undefined): ListedFile[] {
  const had = new Map(before?.files.map(({ path, digest }) => [path, digest]));
  return list.files.filter(({ path, digest }) => had.get(path) !== digest);
}
