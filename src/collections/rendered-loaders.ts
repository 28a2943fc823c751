import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { glob, type Loader, type LoaderContext } from 'astro/loaders';
import type { ContentSource } from './content-source.ts';
import { gathered } from './gathered.ts';
import { recordMarkdown } from './record-markdown.ts';
import { recordedOutput } from './recorded-output.ts';
import { scriptMarkdown } from './script.ts';

type ReadSource = () => Promise<ContentSource>;

/** Milliseconds of quiet after which a change counts as made. */
const pause = 40;

/**
 * The pages of a folder, by Astro's own loader. A file that `readContent` does not accept is left out, so that it does
 * not end the dev server: the check says what is wrong with it. A production build has none.
 */
export function pagesLoader(
  dir: string,
  folder: 'annotated-trainers' | 'reference-guides',
  readSource: ReadSource,
): Loader {
  return reloading(folder, join(dir, folder), async (context) => {
    const { claimed, annotated, guides } = await readSource();
    const kind = folder === 'annotated-trainers' ? 'trainers/' : 'guides/';
    const read = new Set([...annotated, ...guides].map(({ ref }) => ref));
    const broken = [...claimed.entries].filter((ref) => ref.startsWith(kind) && !read.has(ref));
    const without = broken.map((ref) => `!${literal(ref.slice(kind.length))}.{md,mdx}`);
    const loader = glob({ base: `${dir}/${folder}`, pattern: ['*.{md,mdx}', ...without] });
    await loader.load({ ...context, watcher: undefined });
  });
}

/** A file name as a pattern that matches nothing else. */
function literal(name: string): string {
  return name.replace(/[\\*?[\]{}()!+@]/g, '\\$&');
}

/** Example scripts as entries: the header is the data, the cells are rendered as one Markdown document. */
export function scriptsLoader(dir: string, readSource: ReadSource): Loader {
  return reloading('example-scripts', dir, async (context) => {
    const { scripts, runs } = await readSource();
    const entries: DataEntry[] = [];
    for (const { id, file, data, body, ...script } of scripts) {
      const text = scriptMarkdown(script, recordedOutput(runs, body, id));
      const rendered = await renderedOr(context, id, text, file, { html: '' });
      entries.push({ id, data, body, filePath: file, rendered });
    }
    replaceAll(context, entries);
  });
}

/** Every Markdown string that stands in a record, by the text itself. */
export function fragmentsLoader(dir: string, readSource: ReadSource): Loader {
  return reloading('fragments', dir, async (context) => {
    const entries: DataEntry[] = [];
    const source = await readSource();
    for (const text of new Set(recordMarkdown(source).map((each) => each.text))) {
      const html = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
      const rendered = await renderedOr(context, text, text, undefined, { html });
      entries.push({ id: text, data: {}, rendered });
    }
    replaceAll(context, entries);
  });
}

type DataEntry = Parameters<LoaderContext['store']['set']>[0];

/** Only now that all are rendered: a page that is asked for meanwhile finds the old ones. */
function replaceAll({ store }: LoaderContext, entries: readonly DataEntry[]): void {
  store.clear();
  for (const entry of entries) store.set(entry);
}

type Rendered = Awaited<ReturnType<LoaderContext['renderMarkdown']>>;

/**
 * Renders Markdown. While somebody writes, a text with mistakes stays as it was, or shows as `instead`: the check says
 * what is wrong with it.
 */
async function renderedOr(
  { store, watcher, renderMarkdown }: LoaderContext,
  id: string,
  text: string,
  file: string | undefined,
  instead: Rendered,
): Promise<Rendered> {
  try {
    return await renderMarkdown(text, file === undefined ? {} : { fileURL: pathToFileURL(file) });
  } catch (error) {
    if (!watcher) throw error;
    return store.get(id)?.rendered ?? instead;
  }
}

/** Runs a loader again after files of a folder have changed. */
function reloading(name: string, dir: string, load: (context: LoaderContext) => Promise<void>): Loader {
  return {
    name,
    async load(context) {
      await load(context);
      const again = gathered(async () => {
        await load(context).catch((error: unknown) => context.logger.error(String(error)));
      }, pause);
      context.watcher?.on('all', (_event, path) => {
        const below = relative(dir, path);
        if (below !== '..' && !below.startsWith(`..${sep}`)) again.ask();
      });
    },
  };
}
