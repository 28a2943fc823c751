import type { Code } from 'mdast';
import { visit } from 'unist-util-visit';
import { type Fence, parseFence } from './fence.ts';
import { checkFence } from './fence-mistakes.ts';
import { report } from './report.ts';
import type { MarkdownStep } from './step.ts';

/** Reads the info strings of fences; says which code the tests run and which is its output. */
export const fences: MarkdownStep = (tree, file, { current }) => {
  visit(tree, 'code', (node) => {
    checkFence(node, file, current?.verified === false);
    if (node.lang === 'dot') return;
    const { fence, unknown } = parseFence(node.meta ?? '');
    if (unknown.length > 0) {
      const message = `the fence has \`${unknown.join(' ')}\`, which means nothing`;
      const suggestion = 'use title="…", {2,4-6}, unchecked="why" or norun="why"';
      report(file, 'component-prop', node, message, { suggestion });
    }
    const isPython = node.lang === 'python';
    fence.executed = isPython && current?.executed === true && !fence.unchecked && !fence.norun;
    fence.output = node.lang === 'output';
    if (fence.output) node.lang = 'text';
    setFence(node, fence);
  });
};

/** Hands a fence on to the highlighter. */
export function setFence(node: Code, fence: Fence): void {
  node.meta = null;
  node.data = { ...node.data, hProperties: { dataFence: JSON.stringify(fence) } };
}
