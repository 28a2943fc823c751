import { defineCollection } from 'astro:content';
import { basename, resolve } from 'node:path';
import { glob } from 'astro/loaders';
import { z } from 'zod';
import { annotatedTrainerSchema } from './collections/annotated-trainer.ts';
import { entriesOf } from './collections/content-source.ts';
import { contentReader } from './collections/current-content.ts';
import { showsDrafts, withoutDrafts } from './collections/drafts.ts';
import { exampleScriptSchema } from './collections/example-script.ts';
import { referenceGuideSchema } from './collections/reference-guide.ts';
import { fragmentsLoader, scriptsLoader } from './collections/rendered-loaders.ts';

/*
 * Collections hold what Astro renders: pages, and the Markdown inside records.
 * The records themselves (registry, facts, papers, runs, verification, ...) are read and parsed once by
 * `readContent`; a second copy of 2 MB of facts in Astro's data store would only have to be kept in step.
 */
const dir = resolve(process.env.CONTENT_DIR ?? 'content');
const readAll = contentReader(dir);
const readSource = async () => (showsDrafts(process.env) ? readAll() : withoutDrafts(await readAll()));
const all = await readAll();
const shown = new Set(entriesOf(await readSource()));
const hidden = entriesOf(all).filter((entry) => !shown.has(entry));
const pages = (folder: string) =>
  glob({
    base: `${dir}/${folder}`,
    pattern: [
      '*.{md,mdx}',
      ...hidden.flatMap(({ file }) => (file.includes(`/${folder}/`) ? `!${basename(file)}` : [])),
    ],
  });

export const collections = {
  annotated: defineCollection({ loader: pages('annotated-trainers'), schema: annotatedTrainerSchema }),
  guides: defineCollection({ loader: pages('reference-guides'), schema: referenceGuideSchema }),
  scripts: defineCollection({ loader: scriptsLoader(dir, readSource), schema: exampleScriptSchema }),
  fragments: defineCollection({ loader: fragmentsLoader(dir, readSource), schema: z.object({}) }),
};
