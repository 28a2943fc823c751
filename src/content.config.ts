import { defineCollection } from 'astro:content';
import { resolve } from 'node:path';
import { z } from 'zod';
import { annotatedTrainerSchema } from './collections/annotated-trainer.ts';
import { contentReader } from './collections/current-content.ts';
import { showsDrafts, withoutDrafts } from './collections/drafts.ts';
import { exampleScriptSchema } from './collections/example-script.ts';
import { referenceGuideSchema } from './collections/reference-guide.ts';
import { fragmentsLoader, pagesLoader, scriptsLoader } from './collections/rendered-loaders.ts';

/*
 * Collections hold what Astro renders: pages, and the Markdown inside records.
 * The records themselves (registry, facts, papers, runs, verification, ...) are read and parsed once by
 * `readContent`; a second copy of 2 MB of facts in Astro's data store would only have to be kept in step.
 */
const dir = resolve(process.env.CONTENT_DIR ?? 'content');
const readAll = contentReader(dir);
const readSource = async () => (showsDrafts(process.env) ? readAll() : withoutDrafts(await readAll()));

export const collections = {
  annotated: defineCollection({
    loader: pagesLoader(dir, 'annotated-trainers', readSource),
    schema: annotatedTrainerSchema,
  }),
  guides: defineCollection({
    loader: pagesLoader(dir, 'reference-guides', readSource),
    schema: referenceGuideSchema,
  }),
  scripts: defineCollection({ loader: scriptsLoader(dir, readSource), schema: exampleScriptSchema }),
  fragments: defineCollection({ loader: fragmentsLoader(dir, readSource), schema: z.object({}) }),
};
