import type { Element } from 'hast';
import { visit } from 'unist-util-visit';
import type { HtmlStep } from './step.ts';

/** The id of the paragraph on an annotated trainer that says when not to use it. */
export const whenNotId = 'when-not';

/** How such a paragraph begins. */
export const leadIn = /^Don['’]t use it when\b/;

/** Whether an annotated trainer's text has such a paragraph: one that begins with **Don't use it when**. */
export function saysWhenNot(body: string): boolean {
  return /^\*\*Don['’]t use it when\b/m.test(body);
}

/** Gives the first paragraph that begins with **Don't use it when** an id, so that others can link to it. */
export const whenNot: HtmlStep = (tree, _file, { current }) => {
  if (!current?.ref.startsWith('trainers/')) return;
  let found = false;
  visit(tree, 'element', (node) => {
    if (found || node.tagName !== 'p' || !begins(node)) return;
    node.properties.id ??= whenNotId;
    found = true;
  });
};

function begins({ children: [first] }: Element): boolean {
  if (first?.type !== 'element' || first.tagName !== 'strong') return false;
  const [text] = first.children;
  return text?.type === 'text' && leadIn.test(text.value);
}
