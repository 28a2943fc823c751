import type { Element, Nodes } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { SKIP, visit } from 'unist-util-visit';

/** What a reader of a built page sees: its title, its text in order, and each piece of its code. */
export interface PageText {
  text: string;
  code: string[];
  ids: Set<string>;
}

/** The text of a page's title and body; buttons and the site's own marks left out. */
export function pageText(html: string): PageText {
  const tree = fromHtml(html);
  const parts: string[] = [];
  const code: string[] = [];
  const ids = new Set<string>();
  visit(tree, 'element', (node) => {
    if (typeof node.properties.id === 'string') ids.add(node.properties.id);
    const isTitle = node.tagName === 'h1';
    if (!isTitle && !hasClass(node, 'entry-body')) return undefined;
    collect(node, parts, code);
    return undefined;
  });
  return { text: parts.join(' '), code, ids };
}

function collect(root: Element, parts: string[], code: string[]): void {
  visit(root, (node) => {
    if (node.type === 'text') parts.push(node.value);
    if (node.type !== 'element') return undefined;
    if (node.tagName === 'button' || hasClass(node, 'permalink') || hasClass(node, 'katex')) return SKIP;
    if (node.tagName === 'code' || node.tagName === 'pre') {
      code.push(plain(node));
      parts.push(' ', plain(node), ' ');
      return SKIP;
    }
    return undefined;
  });
}

function plain(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(plain).join('') : '';
}

function hasClass({ properties }: Element, name: string): boolean {
  return Array.isArray(properties.className) && properties.className.includes(name);
}
