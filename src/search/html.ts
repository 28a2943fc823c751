import type { Element, Nodes } from 'hast';

/** Text of a node and what is in it, formulas by their spoken name only. */
export function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  if (node.type === 'element' && isFormula(node)) return ' ';
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** Text with white space folded. */
export function foldedText(node: Nodes): string {
  return textOf(node).replace(/\s+/g, ' ').trim();
}

/** Whether an element carries a class. */
export function hasClass(element: Element, name: string): boolean {
  const { className } = element.properties;
  return Array.isArray(className) && className.includes(name);
}

function isFormula(element: Element): boolean {
  return hasClass(element, 'katex');
}
