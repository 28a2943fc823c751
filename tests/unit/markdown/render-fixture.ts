import { createMarkdownProcessor } from '@astrojs/markdown-remark';
import type { Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import remarkSmartypants from 'remark-smartypants';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import type { MarkdownContext } from '../../../src/markdown/context.ts';
import { rehypePlugins, remarkPlugins } from '../../../src/markdown/plugins.ts';

/** Renders Markdown by Astro's own processor. */
export async function renderMd(
  text: string,
  path: string | undefined,
  context: MarkdownContext,
): Promise<string> {
  const processor = await createMarkdownProcessor({
    syntaxHighlight: false,
    remarkPlugins: remarkPlugins(() => context),
    rehypePlugins: rehypePlugins(() => context),
  });
  const fileURL = path === undefined ? undefined : new URL(path, `file://${process.cwd()}/`);
  const { code } = await processor.render(text, fileURL ? { fileURL } : {});
  return code;
}

/**
 * Renders MDX in the order in which Astro does, to HTML where Astro makes a module of it. Components that are
 * left become elements of their name.
 */
export async function renderMdx(text: string, path: string, context: MarkdownContext): Promise<string> {
  const nothing = () => undefined;
  const processor = unified()
    .use(remarkParse)
    .use(remarkMdx)
    .use(remarkGfm)
    .use(remarkSmartypants)
    .use(remarkPlugins(() => context))
    .use(remarkRehype, {
      passThrough: ['mdxJsxFlowElement', 'mdxJsxTextElement'],
      // Comments.
      handlers: { mdxFlowExpression: nothing, mdxTextExpression: nothing },
    })
    .use(rehypePlugins(() => context))
    .use(() => (tree: Root) => {
      visit(tree, ['mdxJsxFlowElement', 'mdxJsxTextElement'], (node, index, parent) => {
        if (!parent || index === undefined || !('children' in parent) || !('attributes' in node)) return;
        const attributes = node.attributes.flatMap((each) =>
          each.type === 'mdxJsxAttribute' ? [[each.name, String(each.value)]] : [],
        );
        const { name, children } = node;
        const siblings: unknown[] = parent.children;
        siblings[index] = {
          type: 'element',
          tagName: name ?? 'div',
          properties: Object.fromEntries(attributes),
          children,
        };
      });
    })
    .use(function stringify() {
      this.compiler = (tree) => toHtml(tree as Root);
    });
  return String(await processor.process(new VFile({ path, value: text })));
}
