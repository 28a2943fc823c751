import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { filesBelow } from '../kept/files-below.ts';
import { keptFor } from '../kept/rendered-store.ts';
import type { BuildOptions } from './options.ts';

/*
 * Astro keeps the files of pages from build to build, in `dist/` of its cache beside a list of what they were made
 * from, and takes them as they are. A build that was killed leaves some of them newer than the list, and a disk or
 * somebody may have changed one. So each build leaves the digests of all, and the next one deletes what differs:
 * Astro makes it anew.
 */

/** What a site is, so that no file of another's gets into it: drafts, say, or links to them. */
type Site = Pick<BuildOptions, 'contentDir' | 'base' | 'siteUrl' | 'drafts'>;

const caches = '.cache/astro';

/** The folder where Astro keeps the files of a site. */
export function astroCache({ contentDir, base, siteUrl, drafts }: Site): string {
  const id = createHash('sha256').update(JSON.stringify([resolve(contentDir), base, siteUrl, drafts]));
  return `${caches}/${id.digest('hex').slice(0, 12)}`;
}

/** Throws away what is kept of sites that were not built for some time. */
export async function pruneCaches(now = Date.now()): Promise<void> {
  for (const name of await readdir(caches).catch(() => [])) {
    const { mtimeMs } = await stat(join(caches, name)).catch(() => ({ mtimeMs: now }));
    if (now - mtimeMs > keptFor) await rm(join(caches, name), { recursive: true, force: true });
  }
}

const list = 'incremental-build.json';
const files = 'dist';
const seal = 'digests.json';
const digestsSchema = z.record(z.string(), z.string());

/** Leaves the digests of what Astro keeps. */
export async function sealKept(cache: string): Promise<void> {
  const draft = join(cache, `${seal}.${process.pid}`);
  await writeFile(draft, JSON.stringify(await digests(cache)));
  await rename(draft, join(cache, seal));
}

/**
 * Deletes what is not as a build left it.
 *
 * @returns the paths of what was deleted
 */
export async function dropDamaged(cache: string): Promise<string[]> {
  const left = await readDigests(join(cache, seal));
  const found = await digests(cache);
  const damaged = Object.keys(found).filter((path) => left[path] !== found[path]);
  for (const path of damaged) await rm(join(cache, path));
  return damaged.map((path) => join(cache, path));
}

/** `<first> and 3 more files are not as the last good build left them: made anew` */
export function damagedFiles([first = '', ...others]: readonly string[]): string {
  const which = others.length === 0 ? `${first} is` : `${first} and ${others.length} more files are`;
  return `${which} not as the last good build left ${others.length === 0 ? 'it' : 'them'}: made anew`;
}

async function readDigests(file: string): Promise<Record<string, string>> {
  try {
    return digestsSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    // None yet, or a damaged one: then nothing is as it was left.
    return {};
  }
}

async function digests(cache: string): Promise<Record<string, string>> {
  const paths = (await filesBelow(join(cache, files))).map((path) => relative(cache, path));
  const found: Record<string, string> = {};
  for (const path of [list, ...paths]) {
    const content = await readFile(join(cache, path)).catch(() => undefined);
    if (content) found[path] = createHash('sha256').update(content).digest('hex');
  }
  return found;
}
