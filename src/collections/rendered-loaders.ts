import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Loader, LoaderContext } from 'astro/loaders';
import type { ContentSource } from './content-source.ts';
import { recordMarkdown } from './record-markdown.ts';
import { recordedOutput } from './recorded-output.ts';
import { scriptMarkdown } from './script.ts';

type ReadSource = () => Promise<ContentSource>;

/** Example scripts as entries: the header is the data, the cells are rendered as one Markdown document. */
export function scriptsLoader(dir: string, readSource: ReadSource): Loader {
  return reloading('example-scripts', dir, async ({ store, renderMarkdown }) => {
    const { scripts, runs } = await readSource();
    store.clear();
    for (const { id, file, data, body, ...script } of scripts) {
      const rendered = await renderMarkdown(scriptMarkdown(script, recordedOutput(runs, body, id)), {
        fileURL: pathToFileURL(file),
      });
      store.set({ id, data, body, filePath: file, rendered });
    }
  });
}

/** Every Markdown string that stands in a record, by the text itself. */
export function fragmentsLoader(dir: string, readSource: ReadSource): Loader {
  return reloading('fragments', dir, async ({ store, renderMarkdown }) => {
    const source = await readSource();
    store.clear();
    for (const text of new Set(recordMarkdown(source).map((each) => each.text))) {
      store.set({ id: text, data: {}, rendered: await renderMarkdown(text) });
    }
  });
}

/** Runs a loader again whenever a file of the content folder changes. */
function reloading(name: string, dir: string, load: (context: LoaderContext) => Promise<void>): Loader {
  return {
    name,
    async load(context) {
      await load(context);
      context.watcher?.on('all', (_event, path) => {
        if (!relative(dir, path).startsWith('..')) {
          load(context).catch((error: unknown) => context.logger.error(String(error)));
        }
      });
    },
  };
}
