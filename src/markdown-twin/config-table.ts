import type { Blockquote, Emphasis, PhrasingContent, RootContent } from 'mdast';
import { paragraph, strong, table } from './nodes.ts';

/** A node that a Markdown step made an element of: `data.hName`. */
export function elementName(node: RootContent): string | undefined {
  return node.data && 'hName' in node.data && typeof node.data.hName === 'string'
    ? node.data.hName
    : undefined;
}

/** A table that `config-table.ts` of src/markdown made of elements, as a table of Markdown below its caption. */
export function elementTable(
  node: Blockquote,
  plainInline: (nodes: readonly PhrasingContent[]) => PhrasingContent[],
): RootContent[] {
  const found: RootContent[] = [];
  const rows: PhrasingContent[][][] = [];
  const walk = (child: RootContent) => {
    const name = elementName(child);
    if (child.type === 'emphasis' && name === 'caption') {
      found.push(paragraph(strong(...plainInline(child.children))));
    } else if (child.type === 'emphasis' && name === 'tr') {
      rows.push(child.children.filter(isElement).map((cell) => plainInline(cell.children)));
    } else if (child.type === 'blockquote') {
      for (const each of child.children) walk(each);
    }
  };
  for (const child of node.children) walk(child);
  return rows.length > 0 ? [...found, table(rows)] : found;
}

function isElement(node: PhrasingContent): node is Emphasis {
  return node.type === 'emphasis' && elementName(node) !== undefined;
}
