import type { Element } from 'hast';
import { toString as textContent } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
import { anchorOf } from '../navigation/anchor.ts';
import { visibleText } from './stacked-table.ts';
import type { HtmlStep } from './step.ts';

/** Rows of the tables under "Failure modes" get ids, `failure-over-optimisation`: links and the search lead there. */
export const failureRows: HtmlStep = (tree) => {
  let heading = '';
  const taken = new Map<string, number>();
  visit(tree, 'element', (node) => {
    if (node.tagName === 'h2') heading = textContent(node).trim();
    if (node.tagName !== 'tr' || heading !== 'Failure modes') return;
    const symptom = node.children.find((cell): cell is Element => cell.type === 'element');
    if (symptom?.tagName !== 'td') return;
    const id = `failure-${anchorOf(codeIn(symptom) ?? visibleText(symptom))}`;
    const count = (taken.get(id) ?? 0) + 1;
    taken.set(id, count);
    node.properties.id ??= count === 1 ? id : `${id}-${count}`;
  });
};

/** The name of the bug that shows a failure stands as code in its symptom. */
function codeIn(cell: Element): string | undefined {
  const code = cell.children.find((child) => child.type === 'element' && child.tagName === 'code');
  return code && textContent(code);
}
