import { visit } from 'unist-util-visit';
import { didYouMean } from '../errors/suggest.ts';
import { report } from './report.ts';
import type { MarkdownStep } from './step.ts';

const scheme = 'glossary:';

/** `[reference model](glossary:reference-model)` leads to the term in the glossary. */
export const glossaryLinks: MarkdownStep = (tree, file, { glossary, claimed }) => {
  visit(tree, ['link', 'definition'], (node) => {
    if (!('url' in node) || !node.url.startsWith(scheme)) return;
    const id = node.url.slice(scheme.length);
    if (!glossary.has(id) && !claimed.terms.has(id)) {
      const suggestion = didYouMean(id, glossary.keys());
      report(file, 'term-unknown', node, `content/glossary.yaml has no term \`${id}\``, { suggestion });
    }
    node.url = `/glossary/#${id}`;
    if (node.type === 'link') node.data = { ...node.data, hProperties: { className: ['term'] } };
  });
};
