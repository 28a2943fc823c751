import { visit } from 'unist-util-visit';
import type { HtmlStep } from './step.ts';

/** Marks links that leave the site. */
export const externalLinks: HtmlStep = (tree) => {
  visit(tree, 'element', ({ tagName, properties }) => {
    if (tagName !== 'a' || !/^https?:/.test(String(properties.href))) return;
    properties.rel = ['external', 'noopener'];
  });
};
