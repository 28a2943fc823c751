import { createProcessor, nodeTypes } from '@mdx-js/mdx';
import type { Root } from 'hast';
import rehypeRaw from 'rehype-raw';
import remarkGfm from 'remark-gfm';
import remarkSmartypants from 'remark-smartypants';
import { VFile } from 'vfile';
import { z } from 'zod';
import type { RenderedStore } from '../kept/rendered-store.ts';
import type { MarkdownContext } from './context.ts';
import { type Part, partSchema, partsOf } from './parts.ts';
import { rehypePlugins, remarkPlugins } from './plugins.ts';

declare module 'vfile' {
  interface DataMap {
    /** What became of the text. */
    parts: Part[];
  }
}

const headingSchema = z.strictObject({ depth: z.number(), slug: z.string(), text: z.string() });
const renderedSchema = z.strictObject({
  parts: z.array(partSchema),
  headings: z.array(headingSchema),
  cited: z.array(z.string()),
});

/** What a Markdown text became. */
export interface RenderedText {
  parts: Part[];
  headings: z.infer<typeof headingSchema>[];
  /** Ids of the papers that it cites, in order of their first citation. */
  cited: string[];
}

export interface Renderer {
  /**
   * Renders a text: MDX when its file says so, Markdown otherwise.
   *
   * @param path of the page's file; undefined for Markdown that stands in a record
   * @throws Error with every mistake of the text
   */
  render(text: string, path?: string): Promise<RenderedText>;
}

/**
 * Renders the Markdown of a site. A page is data, HTML with components between, and not a program: nothing is handed
 * to a bundler, and a page takes memory only while it is rendered.
 *
 * @param store keeps what was rendered: a page's HTML with its formulas and its highlighted code. It depends on the
 *   text, on what the plugins look things up in, and on the page's own standing there; of the generator itself the
 *   store knows. Undefined keeps nothing
 */
export function createRenderer(context: MarkdownContext, store?: RenderedStore): Renderer {
  const processors = { md: processorFor('md', context), mdx: processorFor('mdx', context) };
  const fresh = async (text: string, path: string | undefined): Promise<RenderedText> => {
    const file = new VFile({ value: text, ...(path === undefined ? {} : { path }) });
    await processors[path?.endsWith('.mdx') ? 'mdx' : 'md'].process(file);
    const { parts = [], astro, cited = [] } = file.data;
    return { parts, headings: astro?.headings ?? [], cited };
  };
  return {
    async render(text, path) {
      if (!store) return fresh(text, path);
      const standing = { ...context.page(path), distilled: undefined };
      const madeFrom = [context.digest(), text, path ?? '', JSON.stringify(standing)];
      return store.kept(madeFrom, renderedSchema, () => fresh(text, path));
    },
  };
}

/**
 * MDX's own processor, which takes Markdown too. The last plugin takes the tree away before the rest makes a program
 * of it.
 */
function processorFor(format: 'md' | 'mdx', context: MarkdownContext) {
  return createProcessor({
    format,
    // `--tiny` is an option, not a dash.
    remarkPlugins: [remarkGfm, [remarkSmartypants, { dashes: false }], ...remarkPlugins(() => context)],
    rehypePlugins: [[rehypeRaw, { passThrough: nodeTypes }], ...rehypePlugins(() => context), takeParts],
  });
}

function takeParts() {
  return (tree: Root, file: VFile): Root => {
    file.data.parts = partsOf(tree, file.dirname ?? '');
    return { type: 'root', children: [] };
  };
}
