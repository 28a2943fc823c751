import { visit } from 'unist-util-visit';
import { report } from './report.ts';
import type { MarkdownStep } from './step.ts';
import { pointAt } from './text-match.ts';

/** `[^1]`, and `[text][label]` where the label is a word: `logits[0][1]` in prose is neither. */
const left = /\[\^[^\]\s]+\]|(?<=^|[\s(])\[[^\][]+\]\[[a-z][^\][]*\]/gi;

/** A footnote or a link by a label that no line defines stays on the page as it is typed. */
export const undefinedReferences: MarkdownStep = (tree, file, { current }) => {
  visit(tree, 'text', (node) => {
    const start = node.position?.start.offset;
    const end = node.position?.end.offset;
    if (start === undefined || end === undefined) return;
    const source = String(file).slice(start, end);
    for (const { 0: found, index } of source.matchAll(left)) {
      if (source[index - 1] === '\\') continue;
      const from = pointAt(file, start + index);
      const label = found.startsWith('[^') ? found.slice(1, -1) : found.slice(found.lastIndexOf('[') + 1, -1);
      report(file, 'reference-undefined', from, `nothing defines \`${label}\``, {
        suggestion: `add a line \`[${label}]: …\`, or write \`\\[\``,
        warning: current?.verified === false,
      });
    }
  });
};
