import type { Element, ElementContent, Root } from 'hast';
import { visit } from 'unist-util-visit';

/** Characters of the code face, or a little more of prose, that stand beside each other on a phone. */
const phone = 44;
/** Prose wraps, down to lines of about so many characters; longer cells say that a column holds prose. */
const proseColumn = 15;
/** What the space between two columns takes. */
const gap = 2.5;

/**
 * A table with columns of prose that needs more room than a phone has becomes `class="stack"`: there the style
 * sheet shows its rows as cards. Each cell but the first brings its column's heading as `data-label`, and roles
 * keep for assistive technology what `display: block` takes away in some browsers. Tables of short cells only,
 * such as numbers, stay: they are read down their columns, and scroll.
 */
export function stackOnPhones(table: Element): void {
  const [head, ...rows] = elementsOf(table, 'tr').map((row) => cellsOf(row));
  if (!head || !needsStack([head, ...rows])) return;
  table.properties.className = ['stack'];
  table.properties.role = 'table';
  for (const row of elementsOf(table, 'tr')) row.properties.role = 'row';
  for (const cell of head) if (cell.tagName === 'th') cell.properties.role = 'columnheader';
  const labels = head.map(visibleText);
  for (const row of rows) {
    row.forEach((cell, column) => {
      cell.properties.role = cell.tagName === 'th' ? 'rowheader' : 'cell';
      if (column > 0 && cell.children.length > 0) cell.properties.dataLabel = labels[column];
    });
  }
}

function needsStack(rows: readonly Element[][]): boolean {
  const columns = (rows[0] ?? []).map((_, column) => rows.flatMap((row) => row[column] ?? []));
  const widths = columns.map((cells) => Math.max(...cells.map(widthOf)));
  const isProse = columns.some((cells) => cells.some((cell) => visibleText(cell).length > proseColumn));
  return isProse && widths.reduce((sum, width) => sum + width + gap, -gap) > phone;
}

/** In characters: code and formulas stay whole, prose wraps. */
function widthOf(cell: Element): number {
  const length = visibleText(cell).length;
  const [only, ...more] = cell.children;
  const isWhole = more.length === 0 && only?.type === 'element';
  return isWhole ? length : Math.min(length, proseColumn);
}

/** The text that is shown: a formula counts once, though it is there as layout and as MathML. */
export function visibleText(node: ElementContent): string {
  if (node.type === 'text') return node.value;
  if (node.type !== 'element') return '';
  const { className } = node.properties;
  if (Array.isArray(className) && className.includes('katex-mathml')) return '';
  return node.children.map(visibleText).join('');
}

function cellsOf(row: Element): Element[] {
  return row.children.filter(
    (node): node is Element => node.type === 'element' && /^t[hd]$/.test(node.tagName),
  );
}

function elementsOf(tree: Element | Root, tagName: string): Element[] {
  const found: Element[] = [];
  visit(tree, 'element', (node) => {
    if (node.tagName === tagName) found.push(node);
  });
  return found;
}
