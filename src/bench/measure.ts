import { spawn } from 'node:child_process';
import { appendFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { scratchCheckout } from '../testing/scratch-checkout.ts';
import { corpus, writeCorpus } from './corpus.ts';
import { treeUse } from './process-tree.ts';

/** One build. */
export interface BuildFigures {
  /** From start to end. */
  seconds: number;
  /** Of processor time, of the build and all that it started. */
  processorSeconds: number;
  /** The most that they held at one time, in bytes; looked at four times a second. */
  peakBytes: number;
}

/** Builds of one number of entries. */
export interface SizeFigures {
  entries: number;
  /** With empty caches. */
  cold: BuildFigures;
  /** Again, with nothing changed. */
  unchanged: BuildFigures;
  /** Again, with a paragraph more on one page. */
  edited: BuildFigures;
  /** Bytes of dist/, the index of the search included. */
  siteBytes: number;
  /** Bytes of the index of the search. */
  indexBytes: number;
}

/** Which build of a size comes next. */
export type BenchStep = 'cold' | 'unchanged' | 'edited';

/**
 * Builds made-up content in a copy of the generator: cold, again unchanged, again after an edit of one page.
 *
 * @param small the content folder that registry and facts come from
 * @param parent a folder for the copy, which is removed
 * @throws Error with what the build said when it fails
 */
export async function measureSize(
  entries: number,
  options: { seed: number; small: string; parent: string; step(name: BenchStep): void },
): Promise<SizeFigures> {
  const files = corpus(entries, options.seed);
  const checkout = await scratchCheckout(options.parent);
  try {
    const content = join(checkout.dir, 'content');
    await writeCorpus(content, options.small, files);
    const timed = (name: BenchStep) => {
      options.step(name);
      return timedBuild(checkout.dir);
    };
    const cold = await timed('cold');
    const unchanged = await timed('unchanged');
    await appendFile(
      join(content, files[0]?.path ?? 'reference-guides/dpo-loss.mdx'),
      '\nOne sentence more.\n',
    );
    const edited = await timed('edited');
    const dist = join(checkout.dir, 'dist');
    const [siteBytes, indexBytes] = [await folderBytes(dist), await folderBytes(join(dist, 'pagefind'))];
    return { entries, cold, unchanged, edited, siteBytes, indexBytes };
  } finally {
    await checkout.remove();
  }
}

async function timedBuild(cwd: string): Promise<BuildFigures> {
  const { CONTENT_DIR: _, BASE_PATH: __, SITE_URL: ___, DRAFTS: ____, ...env } = process.env;
  const started = performance.now();
  const child = spawn(process.execPath, ['scripts/build.ts'], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
  const figures = { peakBytes: 0, processorSeconds: 0 };
  const look = () => {
    const use = child.pid === undefined ? undefined : treeUse(child.pid);
    figures.peakBytes = Math.max(figures.peakBytes, use?.bytes ?? 0);
    figures.processorSeconds = Math.max(figures.processorSeconds, use?.seconds ?? 0);
  };
  const timer = setInterval(look, 250);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  clearInterval(timer);
  if (code !== 0)
    throw new Error(`the build ended with code ${code}:\n${Buffer.concat(said).toString('utf8')}`);
  return { seconds: (performance.now() - started) / 1000, ...figures };
}

async function folderBytes(dir: string): Promise<number> {
  const items = await readdir(dir, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    items
      .filter((item) => item.isFile())
      .map(async (item) => (await stat(join(item.parentPath, item.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
