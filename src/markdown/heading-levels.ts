import { toString as textContent } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
import { report } from './report.ts';
import type { MarkdownStep } from './step.ts';

/** The title of a page is its one heading of level 1; below it, headings go down one level at a time. */
export const headingLevels: MarkdownStep = (tree, file, { current }) => {
  if (!current) return;
  let level = 1;
  visit(tree, 'heading', (node) => {
    const { depth } = node;
    const marks = '#'.repeat(depth);
    if (depth === 1) {
      report(file, 'heading-order', node, `expected \`##\` before "${textContent(node)}", found \`#\``, {
        suggestion: 'the title of the page is its heading',
      });
      // The cells of a script are one text to a reader, and several here.
    } else if (current.executed && depth > level + 1) {
      const expected = '#'.repeat(level + 1);
      report(file, 'heading-order', node, `expected at most \`${expected}\` here, found \`${marks}\``);
    }
    level = Math.max(depth, 1);
  });
};
