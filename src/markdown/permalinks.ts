import { rehypeHeadingIds } from '@astrojs/markdown-remark';
import type { Element } from 'hast';
import { toString as textContent } from 'mdast-util-to-string';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import type { HtmlStep } from './step.ts';

const giveIds = unified().use(rehypeHeadingIds).freeze();

/**
 * A link at the end of each heading that leads to itself. Its sign comes from CSS: text would end up in the
 * table of contents and in the id. Astro gives ids last of all, so this asks for them now.
 */
export const permalinks: HtmlStep = (tree, file) => {
  giveIds.runSync(tree, file);
  visit(tree, 'element', (node) => {
    const { id } = node.properties;
    if (!/^h[2-6]$/.test(node.tagName) || typeof id !== 'string' || isHidden(node)) return;
    node.children.push({
      type: 'element',
      tagName: 'a',
      properties: {
        className: ['permalink'],
        href: `#${id}`,
        ariaLabel: `Link to ${textContent(node).trim()}`,
        dataPagefindIgnore: '',
      },
      children: [],
    });
  });
};

/** The heading of footnotes, which only screen readers meet. */
function isHidden({ properties: { className } }: Element): boolean {
  return Array.isArray(className) && className.includes('sr-only');
}
