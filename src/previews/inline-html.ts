import type { Root as HastRoot } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { PhrasingContent, Root } from 'mdast';
import { toHast } from 'mdast-util-to-hast';
import { toString as textContent } from 'mdast-util-to-string';
import { SKIP, visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import type { MarkdownContext } from '../markdown/context.ts';
import { formulas } from '../markdown/formulas.ts';
import { scopeOf } from '../markdown/step.ts';
import { plainTex } from '../search/plain-tex.ts';

/**
 * Phrasing as HTML without links. A formula is rendered and says itself in words too (`data-tex`), for pages
 * that don't load the style sheet of formulas.
 */
export function inlineHtml(nodes: readonly PhrasingContent[], context: MarkdownContext): string {
  const tree: Root = { type: 'root', children: [{ type: 'paragraph', children: withoutLinks(nodes) }] };
  const made = toHast(tree);
  const [paragraph] = 'children' in made ? made.children : [];
  if (paragraph?.type !== 'element') return '';
  const html: HastRoot = { type: 'root', children: paragraph.children };
  visit(html, 'element', (node, index, parent) => {
    const { className } = node.properties;
    if (!parent || index === undefined) return undefined;
    if (!Array.isArray(className) || !className.includes('math-inline')) return undefined;
    parent.children[index] = {
      type: 'element',
      tagName: 'span',
      properties: { dataTex: plainTex(textContent(node)) },
      children: [node],
    };
    return SKIP;
  });
  const file = new VFile();
  void formulas(html, file, scopeOf(file, context));
  return toHtml(html).trim();
}

/** A preview is read while a pointer rests on a link: it has none of its own. */
function withoutLinks(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  return nodes.flatMap((node): PhrasingContent[] => {
    if (node.type === 'mdxTextExpression' || node.type === 'footnoteReference') return [];
    if (node.type === 'link' || node.type === 'linkReference' || node.type === 'mdxJsxTextElement') {
      return withoutLinks(node.children);
    }
    const { data, ...rest } = node;
    const kept =
      node.type === 'inlineMath' || (data && 'hName' in data && data.hName === 'code') ? node : rest;
    return 'children' in kept ? [{ ...kept, children: withoutLinks(kept.children) }] : [kept];
  });
}
