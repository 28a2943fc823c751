import type { Code, RootContent } from 'mdast';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { DiagramSyntaxError, diagramSvg } from './diagram-svg.ts';
import { block } from './element.ts';
import { parseFence } from './fence.ts';
import { report } from './report.ts';
import type { MarkdownStep } from './step.ts';

/** ```` ```dot title="…" ```` becomes a drawing; the title is its caption and what a screen reader says. */
export const diagrams: MarkdownStep = (tree, file) => {
  visit(tree, 'code', (node, index, parent) => {
    if (node.lang !== 'dot' || !parent || index === undefined) return;
    const figure = draw(node, file);
    const siblings: unknown[] = parent.children;
    if (figure) siblings[index] = figure;
  });
};

function draw(node: Code, file: VFile): RootContent | undefined {
  const { title } = parseFence(node.meta ?? '').fence;
  if (title === undefined) {
    report(file, 'diagram-syntax', node, 'expected title="…" on the diagram, found none', {
      suggestion: 'say in one sentence what the picture shows',
    });
  }
  try {
    const svg = diagramSvg(node.value, title ?? '');
    const figure = block('figure', { className: ['diagram'] }, []);
    const caption = { type: 'element' as const, tagName: 'figcaption', properties: {} };
    // On a phone a drawing keeps its size and scrolls, which the keyboard must reach.
    const scroller = {
      type: 'element' as const,
      tagName: 'div',
      properties: {
        className: ['diagram-scroll'],
        tabIndex: 0,
        role: 'region',
        ariaLabel: `Diagram: ${(title ?? '').split('. ')[0]}`,
      },
      children: [svg],
    };
    figure.data = {
      ...figure.data,
      hChildren: [scroller, { ...caption, children: [{ type: 'text', value: title ?? '' }] }],
    };
    return figure;
  } catch (error) {
    if (!(error instanceof DiagramSyntaxError)) throw error;
    const start = node.position?.start;
    const where = start && error.line ? { line: start.line + error.line, column: start.column } : node;
    report(file, 'diagram-syntax', where, `Graphviz: ${error.message}`);
    return undefined;
  }
}
