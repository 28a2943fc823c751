import { existsSync } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { shown } from '../collections/content-folder.ts';
import { ImportRefused } from './refused.ts';

/** Where an import reads and writes, as absolute paths without links. */
export interface ImportPlaces {
  source: string;
  target: string;
  /** The generator's own content, which registry and facts are taken from. */
  own: string;
}

/**
 * Judges source and target before anything is read.
 *
 * @throws ImportRefused when there is no source, when one lies in the other, or when the target is taken
 */
export async function importPlaces(
  folder: string,
  out: string,
  { force, own }: { force: boolean; own: string },
): Promise<ImportPlaces> {
  if (!(await isFolder(folder))) {
    throw new ImportRefused(`expected a folder of tutorials at ${shown(resolve(folder))}, found none`);
  }
  const places = { source: await realpath(folder), target: await realTarget(out), own: await realpath(own) };
  const { source, target } = places;
  if (contains(source, target) || contains(target, source)) {
    throw new ImportRefused(
      `the content folder ${shown(target)} and the imported folder ${shown(source)} lie in each other\n` +
        '  The source is never written to: choose an --out beside it.',
    );
  }
  if (contains(target, places.own) || contains(places.own, target)) {
    throw new ImportRefused(
      `${shown(target)} holds the generator's own content\n  Choose another --out: registry and facts are copied from there.`,
    );
  }
  if (!existsSync(target)) return places;
  if (!force) {
    throw new ImportRefused(
      `${shown(target)} exists, and an import overwrites nothing\n  Choose another --out, or say --force to replace it.`,
    );
  }
  if (!(await isContentFolder(target))) {
    throw new ImportRefused(
      `${shown(target)} exists and is no content folder: it has more than such a folder has, or lacks trainers/ and trl/\n` +
        '  --force replaces content folders only. Remove it yourself, or choose another --out.',
    );
  }
  return places;
}

/** A path whose last part need not exist; its folder must. */
async function realTarget(out: string): Promise<string> {
  const target = resolve(out);
  if (existsSync(target)) {
    if ((await lstat(target)).isSymbolicLink()) {
      throw new ImportRefused(`${shown(target)} is a link\n  Give the folder that it leads to as --out.`);
    }
    return realpath(target);
  }
  const above = dirname(target);
  if (!existsSync(above)) {
    // The folders above are made with the import; links on the way are resolved as far as they exist.
    return join(await realTarget(above), basename(target));
  }
  return join(await realpath(above), basename(target));
}

/** Whether `inner` is `outer` or lies in it. */
export function contains(outer: string, inner: string): boolean {
  const way = relative(outer, inner);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`));
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

const contentNames = new Set([
  ...['trainers', 'annotated-trainers', 'reference-guides', 'example-scripts', 'learning-paths', 'distilled'],
  ...['trl', 'runs', 'curves', 'glossary.yaml', 'papers.yaml', 'migration.yaml', 'chooser.yaml'],
  ...['default-runs.yaml', 'trl-history.json', 'verification.json', 'memory-measurements.json', '.DS_Store'],
]);

/** A folder with registry and facts, and nothing that a content folder does not have. */
async function isContentFolder(path: string): Promise<boolean> {
  if (!(await isFolder(path))) return false;
  const names = await readdir(path);
  return names.includes('trainers') && names.includes('trl') && names.every((name) => contentNames.has(name));
}
