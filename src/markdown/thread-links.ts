import type { MarkdownStep } from './step.ts';
import { replaceInProse } from './text-match.ts';
import { threadReference, threadUrl } from './thread.ts';

/** `trl#1236` in prose becomes a link to the thread. An unknown short name stays text. */
export const threadLinks: MarkdownStep = (tree, file) => {
  replaceInProse(tree, file, new RegExp(threadReference, 'g'), ({ text }) => {
    const url = threadUrl(text);
    if (url === undefined) return undefined;
    const data = { hProperties: { className: ['thread'] } };
    return [{ type: 'link', url, data, children: [{ type: 'text', value: text }] }];
  });
};
