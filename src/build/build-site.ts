import { statSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { forReview } from '../checks/content/drafts.ts';
import { checkContent } from '../checks/content/index.ts';
import { checkMemory } from '../checks/content/memory.ts';
import { checkSite } from '../checks/dist/index.ts';
import { readSite, readText } from '../checks/dist/site-files.ts';
import { sourcePlaces } from '../checks/dist/source-places.ts';
import { type KindWeight, WeightReport } from '../checks/dist/weight-report.ts';
import { type ContentSource, entriesOf } from '../collections/content-source.ts';
import { readContent } from '../collections/read-content.ts';
import { withExcerpts } from '../errors/excerpt.ts';
import { type Problem, ProblemsError } from '../errors/problem.ts';
import { generatorDigest } from '../kept/generator-digest.ts';
import { remembered } from '../kept/remembered.ts';
import { pruneStore } from '../kept/rendered-store.ts';
import { writeFileList } from '../offline/write-file-list.ts';
import { type IndexSummary, indexDirectory } from '../search/build-index.ts';
import { siteRecords } from '../search/site-records.ts';
import { cardPages } from '../share/card-pages.ts';
import { writeCards } from '../share/write-cards.ts';
import { trimKatex } from '../styles/katex/trim.ts';
import { astroBuild } from './astro.ts';
import { readChecks, writeChecks } from './kept-checks.ts';
import { astroCache, damagedFiles, dropDamaged, pruneCaches, sealKept } from './kept-files.ts';
import { buildInputs, forgetBuild, rememberBuild, type SiteCounts, unchangedSite } from './last-build.ts';
import { buildFolders, clearLeftovers } from './leftovers.ts';
import { withLock } from './lock.ts';
import type { BuildOptions } from './options.ts';
import { precompress } from './precompress.ts';
import { swapIn } from './swap.ts';

/** What a good build made. */
export interface BuildResult extends IndexSummary {
  /** HTML pages in dist/. */
  htmlPages: number;
  bytes: number;
  unchanged?: false;
  /** What each kind of page weighs. */
  weights: readonly KindWeight[];
  warnings: readonly Problem[];
}

/** dist/ is what a build would make. */
export interface UnchangedSite extends SiteCounts {
  unchanged: true;
}

/** What Markdown became, kept from build to build. */
const renderedDir = '.cache/rendered';

/** The steps of a build, in order. */
export type BuildStep = 'check' | 'render' | 'index' | 'check site';

/**
 * Builds the site of the working directory into dist/. Everything happens in `.build/`; dist/ is exchanged
 * last, in one step, and only when nothing failed. When all that dist/ is made from is as it was, nothing happens.
 *
 * @param options.force build even so
 * @param step is told when each step begins
 * @throws ProblemsError for mistakes in content or in the built site, LockedError when another build runs,
 *   AstroError when rendering fails
 */
export async function buildSite(
  options: BuildOptions & { force: boolean },
  step: (name: BuildStep) => void,
): Promise<BuildResult | UnchangedSite> {
  return withLock('.build/lock', async () => {
    await clearLeftovers('.build', 'dist');
    const inputs = await buildInputs(options);
    const known = options.force ? undefined : await unchangedSite(inputs, 'dist');
    if (known) return { ...known, unchanged: true };
    const { out, aside } = buildFolders('.build', process.pid);
    try {
      const result = await buildInto(out, options, step);
      await forgetBuild();
      await swapIn(out, 'dist', aside);
      // What there is to warn of is said by every build.
      if (result.warnings.length === 0) await rememberBuild(inputs, 'dist', result);
      return result;
    } finally {
      await rm(out, { recursive: true, force: true });
    }
  });
}

/** As `buildSite`, into `out` instead of dist/, and for a caller that holds the lock. */
export async function buildInto(
  out: string,
  { contentDir, base, siteUrl, drafts, precompress: compresses, verbose }: BuildOptions,
  step: (name: BuildStep) => void,
): Promise<BuildResult> {
  step('check');
  const cache = astroCache({ contentDir, base, siteUrl, drafts });
  const generator = await generatorDigest();
  const kept = await readChecks(cache, generator);
  const source = await readContent(contentDir);
  const texts = checkMemory(kept.texts);
  const problems = checkContent(source, base, texts).map((each) => (drafts ? forReview(each) : each));
  if (problems.some(isError)) throw new ProblemsError(problems);

  step('render');
  await mkdir(out, { recursive: true });
  const environment = {
    BUILD_OUT: resolve(out),
    CONTENT_DIR: contentDir,
    BASE_PATH: base,
    SITE_URL: siteUrl,
    DRAFTS: drafts ? '1' : '0',
    RENDERED_STORE: renderedDir,
  };
  const damaged = await dropDamaged(cache);
  if (damaged.length > 0) console.warn(damagedFiles(damaged));
  await withCardsBeside(() => astroBuild(environment, verbose), source);
  await sealKept(cache);
  await pruneStore(renderedDir);
  await pruneCaches();
  await trimKatex(out);

  step('index');
  const index = await addCardsAndSearch(out, source);

  step('check site');
  const site = readSite(out);
  const { origin } = new URL(siteUrl);
  const sourceOf = sourcePlaces(source, base, origin);
  const weights = new WeightReport();
  const context = { site, base, origin, sourceOf };
  const memory = remembered(kept.pages);
  const found = withExcerpts(checkSite(context, await katexVersion(), { weights, memory }), source.texts);
  if (found.some(isError)) throw new ProblemsError([...problems, ...found]);
  await writeChecks(cache, generator, { texts: texts.markdown.asked(), pages: memory.asked() });

  await writeFileList(out, site, base);
  if (compresses) await precompress(out);

  const paths = [...site.paths];
  const bytes = paths.reduce((sum, path) => sum + statSync(join(out, path)).size, 0);
  return {
    ...index,
    htmlPages: paths.filter((path) => path.endsWith('.html')).length,
    bytes,
    weights: weights.rows(),
    warnings: [...problems, ...found],
  };
}

const cardsDir = '.cache/share-cards';

/** Draws the pictures of entries while another process renders them: they need nothing but titles. */
async function withCardsBeside(render: () => Promise<void>, source: ContentSource): Promise<void> {
  const ending = new AbortController();
  const pages = entriesOf(source).map(({ ref, data }) => ({ ref, title: data.title }));
  const drawing = writeCards(undefined, pages, source, cardsDir, ending.signal);
  // It may fail while nobody waits for it; below, somebody does.
  drawing.catch(() => undefined);
  try {
    await render();
  } finally {
    ending.abort();
    await drawing;
  }
}

/** Adds what is made of the rendered pages in `out`: pictures for sharing, and the index of the search. */
export async function addCardsAndSearch(
  out: string,
  source: ContentSource,
  cards = cardsDir,
): Promise<IndexSummary> {
  const rendered = readSite(out);
  await writeCards(out, cardPages(rendered), source, cards);
  const pages = entriesOf(source)
    .map(({ ref }) => ({ path: `/${ref}/`, file: `${ref}/index.html` }))
    .filter(({ file }) => rendered.paths.has(file));
  const records = siteRecords(
    pages.map(({ path, file }) => ({ path, html: readText(rendered, file) })),
    source,
  );
  return indexDirectory(out, records);
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

/** The release of KaTeX that renders the formulas. */
export async function katexVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(
    await readFile(createRequire(import.meta.url).resolve('katex/package.json'), 'utf8'),
  );
  if (typeof manifest === 'object' && manifest && 'version' in manifest) return String(manifest.version);
  throw new Error('expected a version in katex/package.json, found none');
}
