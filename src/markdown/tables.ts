import type { Element } from 'hast';
import { SKIP, visit } from 'unist-util-visit';
import { stackOnPhones, visibleText } from './stacked-table.ts';
import type { HtmlStep } from './step.ts';

/**
 * Wraps each table in a region that scrolls sideways by itself, reachable by keyboard, with a name of its own,
 * and says that the cells of its first row head columns; an empty corner heads nothing. Where a phone has no
 * room for the columns, the rows will stand as cards.
 */
export const tables: HtmlStep = (tree) => {
  let heading = '';
  const names = new Map<string, number>();
  visit(tree, 'element', (node, index, parent) => {
    if (/^h[1-6]$/.test(node.tagName)) heading = visibleText(node).trim();
    if (node.tagName !== 'table' || !parent || index === undefined) return undefined;
    const subject = captionOf(node) ?? heading;
    const name = subject === '' ? 'Table' : `Table: ${subject}`;
    const count = (names.get(name) ?? 0) + 1;
    names.set(name, count);
    const ariaLabel = count === 1 ? name : `${name} (${count})`;
    visit(node, 'element', (cell) => {
      if (cell.tagName !== 'th') return;
      if (visibleText(cell).trim() === '') cell.tagName = 'td';
      else cell.properties.scope ??= 'col';
    });
    stackOnPhones(node);
    parent.children[index] = {
      type: 'element',
      tagName: 'div',
      properties: { className: ['table'], role: 'region', tabIndex: 0, ariaLabel },
      children: [node],
    };
    return SKIP;
  });
};

function captionOf(table: Element): string | undefined {
  const caption = table.children.find(
    (node): node is Element => node.type === 'element' && node.tagName === 'caption',
  );
  return caption && visibleText(caption);
}
