import type { unified } from '@astrojs/markdown-remark';
import { z } from 'zod';
import type { RenderedStore } from '../kept/rendered-store.ts';
import type { GetContext } from './plugins.ts';

type Processor = ReturnType<typeof unified>;

const heading = z.looseObject({ depth: z.number(), slug: z.string(), text: z.string() });
const component = z.looseObject({
  exportName: z.string(),
  localName: z.string(),
  specifier: z.string(),
  resolvedPath: z.string(),
});
const rendered = {
  markdown: z.looseObject({
    code: z.string(),
    metadata: z.looseObject({
      headings: z.array(heading),
      localImagePaths: z.array(z.string()),
      remoteImagePaths: z.array(z.string()),
      frontmatter: z.record(z.string(), z.unknown()),
    }),
  }),
  mdx: z.looseObject({
    code: z.string(),
    map: z.string().nullish(),
    astroMetadata: z.looseObject({
      hydratedComponents: z.array(component),
      clientOnlyComponents: z.array(component),
      serverComponents: z.array(component),
      scripts: z.array(z.unknown()),
      propagation: z.string(),
      containsHead: z.boolean(),
      pageOptions: z.looseObject({}),
    }),
  }),
};

/**
 * Astro's processor, with what it makes of a text kept from build to build: the page's HTML, with its formulas and
 * its highlighted code. It depends on the text, on what the plugins look things up in, and on the page's own
 * standing there; of the generator itself the store knows.
 *
 * @param store undefined keeps nothing
 */
export function keptProcessor(
  processor: Processor,
  getContext: GetContext,
  store: RenderedStore | undefined,
): Processor {
  if (!store) return processor;
  const madeFrom = async (kind: string, text: string, path: string | undefined, given: unknown) => {
    const context = await getContext();
    const standing = { ...context.page(path), distilled: undefined };
    return [kind, context.digest(), text, path ?? '', JSON.stringify([standing, given])];
  };
  return {
    ...processor,
    async createRenderer(shared) {
      const renderer = await processor.createRenderer(shared);
      return {
        async render(text, options) {
          const path = options?.fileURL?.pathname;
          const from = await madeFrom('markdown', text, path, [shared, options?.frontmatter]);
          return store.kept(from, rendered.markdown, () => renderer.render(text, options));
        },
      };
    },
    async createMdxRenderer(shared, mdx) {
      const renderer = await processor.createMdxRenderer?.(shared, mdx);
      if (!renderer) throw new Error('expected a processor that renders MDX, found one that does not');
      return {
        async process(text, path, frontmatter) {
          const from = await madeFrom('mdx', text, path, [shared, mdx, frontmatter]);
          return store.kept(from, rendered.mdx, () => renderer.process(text, path, frontmatter));
        },
      };
    },
  };
}
