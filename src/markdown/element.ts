import type { Properties } from 'hast';
import type { Blockquote, Emphasis, PhrasingContent, RootContent } from 'mdast';
// Types of `data.hName` and `data.hProperties`.
import type {} from 'mdast-util-to-hast';

/*
 * HTML elements inside a Markdown tree. mdast has no such node; a node of a kind that holds the same children
 * with `data.hName` becomes the element (https://github.com/syntax-tree/mdast-util-to-hast#fields-on-nodes).
 */

/** An element with blocks in it. */
export function block(tagName: string, properties: Properties, children: RootContent[]): Blockquote {
  return {
    type: 'blockquote',
    data: { hName: tagName, hProperties: properties },
    children: children.filter(isFlow),
  };
}

/** An element with text, or with other elements and no white space between them. */
export function inline(tagName: string, properties: Properties, children: PhrasingContent[]): Emphasis {
  return { type: 'emphasis', data: { hName: tagName, hProperties: properties }, children };
}

/** What stands outside of containers alone is not content: ES modules, frontmatter. */
export function isFlow(node: RootContent): node is Blockquote['children'][number] {
  return node.type !== 'mdxjsEsm' && node.type !== 'yaml';
}
