import { basename } from 'node:path';
import { glob, type Loader } from 'astro/loaders';

/**
 * The Markdown files of a content folder, as Astro loads them.
 *
 * Astro keeps what it loaded for the next build, and takes an unchanged file to be the file that it knew, even
 * when that one lay in another content folder. So what it kept is forgotten when it was made from something else.
 *
 * @param dir the content folder, absolute
 * @param hidden files of that folder that are left out
 * @param drafts whether drafts are shown: links of a page depend on it
 */
export function pageLoader(dir: string, folder: string, hidden: readonly string[], drafts: boolean): Loader {
  const base = `${dir}/${folder}`;
  const loader = glob({ base, pattern: ['*.{md,mdx}', ...hidden.map((file) => `!${basename(file)}`)] });
  const origin = `${base}${drafts ? ' with drafts' : ''}`;
  return {
    ...loader,
    async load(context) {
      if (context.meta.get('origin') !== origin) context.store.clear();
      context.meta.set('origin', origin);
      await loader.load(context);
    },
  };
}
