import type { Element } from 'hast';
import rehypeKatex from 'rehype-katex';
import { SKIP, visit } from 'unist-util-visit';
import type { HtmlStep } from './step.ts';

// TeX that KaTeX refuses was reported before; nothing is left to be strict about.
const renderFormulas = rehypeKatex({ output: 'htmlAndMathml', strict: 'ignore' });

/**
 * Renders formulas with KaTeX. They stay out of the search index, which would hold each of them three times,
 * and displayed ones scroll by themselves.
 */
export const formulas: HtmlStep = (tree, file) => {
  renderFormulas(tree, file);
  visit(tree, 'element', (node, index, parent) => {
    if (!Array.isArray(node.properties.className) || !parent || index === undefined) return undefined;
    if (node.properties.className.includes('katex-display')) {
      ignore(node);
      parent.children[index] = {
        type: 'element',
        tagName: 'div',
        properties: { className: ['math-display'], tabIndex: 0, role: 'group', ariaLabel: 'Formula' },
        children: [node],
      };
      return SKIP;
    }
    if (!node.properties.className.includes('katex')) return undefined;
    ignore(node);
    return SKIP;
  });
};

/**
 * Keeps a formula out of the search index, and its TeX out of the page: no browser shows or speaks the
 * annotation, and the name space of MathML is implied in HTML. That is a twentieth of a page full of formulas.
 */
function ignore(node: Element): void {
  node.properties.dataPagefindIgnore = '';
  visit(node, 'element', (part) => {
    if (part.tagName === 'math') part.properties.xmlns = undefined;
    if (typeof part.properties.style === 'string') part.properties.style = shorter(part.properties.style);
    part.children = part.children.flatMap((child) =>
      child.type === 'element' && child.tagName === 'semantics'
        ? child.children.filter((each) => each.type !== 'element' || each.tagName !== 'annotation')
        : [child],
    );
  });
}

/** Lengths to a hundredth of an em, a tenth of a pixel: what KaTeX writes beyond that nobody sees. */
function shorter(style: string): string {
  return style
    .replace(/-?\d*\.\d{3,}/g, (length) => String(Number(Number(length).toFixed(2))))
    .replace(/;$/, '');
}
