import { createHash, type Hash } from 'node:crypto';
import { lstat, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { filesBelow } from '../kept/files-below.ts';
import { generatorDigest } from '../kept/generator-digest.ts';
import { committed } from '../navigation/git-dates.ts';
import type { BuildOptions } from './options.ts';

const countsSchema = z.object({
  htmlPages: z.number(),
  bytes: z.number(),
  pages: z.number(),
  records: z.number(),
});
const lastBuildSchema = countsSchema.extend({ inputs: z.string(), output: z.string() });

/** How much a built site holds. */
export type SiteCounts = z.infer<typeof countsSchema>;

const file = '.build/last-build.json';

/** What a build reads besides `src/` and the content: files that are served as they are, and what checks were made from. */
const beside = ['public', 'tests/python'];

/**
 * Names everything that a build is made from: content and its dates, generator, packages, settings. Of a file that
 * changes while it is read, the next build sees that it differs.
 */
export async function buildInputs(options: BuildOptions): Promise<string> {
  const { contentDir, base, siteUrl, drafts, precompress } = options;
  const settings = [resolve(contentDir), base, siteUrl, drafts, precompress, process.env.REPO_URL];
  const hash = createHash('sha256').update(JSON.stringify([settings, await generatorDigest()]));
  hash.update(JSON.stringify([...(await committed(resolve(contentDir)))]));
  for (const dir of [contentDir, ...beside]) {
    await addFiles(hash, dir, async (path) => readFile(path));
  }
  return hash.digest('hex');
}

/**
 * What `dist/` holds, if the last good build made it from just these inputs and nobody has changed it since.
 *
 * @param inputs as `buildInputs` has them
 */
export async function unchangedSite(inputs: string, dist: string): Promise<SiteCounts | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const last = lastBuildSchema.safeParse(parsed(text)).data;
  if (last?.inputs !== inputs || last.output !== (await filesOf(dist))) return undefined;
  return countsSchema.parse(last);
}

/** Remembers what was built from what. */
export async function rememberBuild(inputs: string, dist: string, counts: SiteCounts): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await writeFile(
    draft,
    JSON.stringify({ ...countsSchema.parse(counts), inputs, output: await filesOf(dist) }),
  );
  await rename(draft, file);
}

/** Nothing is known of what stands in `dist/` from now on. */
export async function forgetBuild(): Promise<void> {
  await rm(file, { force: true });
}

/** The files of a site by name, size and time: whoever changes one changes its time. */
async function filesOf(dist: string): Promise<string> {
  const hash = createHash('sha256');
  await addFiles(hash, dist, async (path) => {
    const { size, mtimeMs } = await lstat(path);
    return `${size} ${mtimeMs}`;
  });
  return hash.digest('hex');
}

async function addFiles(
  hash: Hash,
  dir: string,
  look: (path: string) => Promise<string | Buffer>,
): Promise<void> {
  for (const path of await filesBelow(dir)) {
    const seen = await look(path).catch(() => '');
    hash.update(`\0${path.slice(dir.length)} ${seen.length}\0`).update(seen);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
