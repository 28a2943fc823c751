import { visit } from 'unist-util-visit';
import type { MarkdownStep } from './step.ts';

/** A line has room for so many characters of code, whatever stands before them. */
const short = 24;

/** Short code with a hyphen, such as `--bug`, stays on one line: browsers break after hyphens. */
export const shortCode: MarkdownStep = (tree) => {
  visit(tree, 'inlineCode', (node) => {
    if (node.value.length >= short || !/-[a-z]/i.test(node.value)) return;
    node.data = { ...node.data, hProperties: { ...node.data?.hProperties, className: ['short'] } };
  });
};
