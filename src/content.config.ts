import { defineCollection } from 'astro:content';
import { resolve } from 'node:path';
import { z } from 'zod';
import { annotatedTrainerSchema } from './collections/annotated-trainer.ts';
import { entriesOf } from './collections/content-source.ts';
import { contentReader } from './collections/current-content.ts';
import { showsDrafts, withoutDrafts } from './collections/drafts.ts';
import { exampleScriptSchema } from './collections/example-script.ts';
import { pageLoader } from './collections/page-loader.ts';
import { referenceGuideSchema } from './collections/reference-guide.ts';
import { fragmentsLoader, scriptsLoader } from './collections/rendered-loaders.ts';

/*
 * Collections hold what Astro renders: pages, and the Markdown inside records.
 * The records themselves (registry, facts, papers, runs, verification, ...) are read and parsed once by
 * `readContent`; a second copy of 2 MB of facts in Astro's data store would only have to be kept in step.
 */
const dir = resolve(process.env.CONTENT_DIR ?? 'content');
const readAll = contentReader(dir);
const drafts = showsDrafts(process.env);
const readSource = async () => (drafts ? readAll() : withoutDrafts(await readAll()));
const shown = new Set(entriesOf(await readSource()));
const hidden = entriesOf(await readAll()).filter((entry) => !shown.has(entry));
const pages = (folder: string) =>
  pageLoader(
    dir,
    folder,
    hidden.flatMap(({ file }) => (file.includes(`/${folder}/`) ? file : [])),
    drafts,
  );

export const collections = {
  annotated: defineCollection({ loader: pages('annotated-trainers'), schema: annotatedTrainerSchema }),
  guides: defineCollection({ loader: pages('reference-guides'), schema: referenceGuideSchema }),
  scripts: defineCollection({ loader: scriptsLoader(dir, readSource), schema: exampleScriptSchema }),
  fragments: defineCollection({ loader: fragmentsLoader(dir, readSource), schema: z.object({}) }),
};
