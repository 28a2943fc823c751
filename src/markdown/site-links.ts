// Types of JSX nodes.
import type {} from 'remark-mdx';
import { visit } from 'unist-util-visit';
import { withBase } from '../navigation/href.ts';
import type { MarkdownStep } from './step.ts';

/** `href` and `src` of raw HTML that lead into the site. */
const rawAddress = /(<(?:a|img|source|video)\b[^>]*?\s(?:href|src)=")(\/(?!\/)[^"]*)(?=")/g;

/** Authors write internal addresses from the root of the site; Astro leaves them so. This adds the base path. */
export const siteLinks: MarkdownStep = (tree, _file, { base }) => {
  if (base === '/') return;
  const based = (url: string) => (/^\/(?!\/)/.test(url) ? withBase(url, base) : url);
  visit(tree, (node) => {
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition')
      node.url = based(node.url);
    if (node.type === 'html') {
      node.value = node.value.replace(rawAddress, (_, before: string, url: string) => before + based(url));
    }
    if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') {
      // A component gets its attributes as the author wrote them: it adds the base itself.
      if (!/^[a-z]/.test(node.name ?? '')) return;
      for (const attribute of node.attributes) {
        if (attribute.type !== 'mdxJsxAttribute' || !['href', 'src'].includes(attribute.name)) continue;
        if (typeof attribute.value === 'string') attribute.value = based(attribute.value);
      }
    }
  });
};
