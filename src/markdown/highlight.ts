import type { Element } from 'hast';
import { toString as textContent } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
import { codeFigure } from './code-figure.ts';
import { type Fence, fenceSchema } from './fence.ts';
import type { HtmlStep } from './step.ts';

/** Highlights every block of code, with classes and without inline styles. */
export const highlight: HtmlStep = async (tree) => {
  const blocks: { code: string; language: string; fence: Fence; replace: (figure: Element) => void }[] = [];
  visit(tree, 'element', (pre, index, parent) => {
    const [code] = pre.children;
    if (pre.tagName !== 'pre' || !parent || index === undefined) return;
    if (code?.type !== 'element' || code.tagName !== 'code') return;
    const language = languageOf(code);
    if (language === 'math') return;
    const { dataFence } = code.properties;
    const fence = fenceSchema.parse(typeof dataFence === 'string' ? JSON.parse(dataFence) : {});
    const replace = (figure: Element) => {
      parent.children[index] = figure;
    };
    blocks.push({ code: textContent(code).replace(/\n$/, ''), language, fence, replace });
  });
  for (const { code, language, fence, replace } of blocks) replace(await codeFigure(code, language, fence));
};

function languageOf({ properties: { className } }: Element): string {
  const names = Array.isArray(className) ? className.map(String) : [];
  return names.find((name) => name.startsWith('language-'))?.slice('language-'.length) ?? 'text';
}
