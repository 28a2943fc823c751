import { defineCollection } from 'astro:content';
import { resolve } from 'node:path';
import { z } from 'zod';
import { picturesLoader } from './collections/pictures-loader.ts';

/*
 * Pictures alone need Astro's content layer, which hands them to its image pipeline. Pages and records are read and
 * checked by `readContent`, and rendered by `content.ts` when a page asks: in Astro's data store, each page would be a
 * module for the bundler, or a string in one, and a site of some thousand pages would not fit into memory.
 */
const dir = resolve(process.env.CONTENT_DIR ?? 'content');

export const collections = {
  pictures: defineCollection({
    loader: picturesLoader(dir),
    schema: ({ image }) => z.object({ file: image() }),
  }),
};
