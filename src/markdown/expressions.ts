// Types of expression nodes.
import type {} from 'remark-mdx';
import { visit } from 'unist-util-visit';
import { report } from './report.ts';
import type { MarkdownStep } from './step.ts';

/**
 * MDX runs what stands between braces as JavaScript: of the set {1, 2} a reader would see "2". Content needs
 * no JavaScript, so only comments may stand there. Likewise a line that begins with `import` or `export`.
 */
export const expressions: MarkdownStep = (tree, file) => {
  visit(tree, 'mdxjsEsm', (node) => {
    report(file, 'mdx-syntax', node, 'MDX would run this `import` or `export` as JavaScript', {
      suggestion: 'begin the line with another word, or put it in inline code; components need no import',
    });
  });
  visit(tree, ['mdxTextExpression', 'mdxFlowExpression'], (node) => {
    if (!('value' in node) || /^\s*(?:\/\*[\s\S]*\*\/\s*)*$/.test(node.value)) return;
    report(file, 'mdx-syntax', node, `MDX would run \`{${node.value}}\` as JavaScript`, {
      suggestion: 'write `\\{`, or put it in inline code or a formula',
    });
  });
};
