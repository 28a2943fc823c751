import { Graphviz } from '@hpcc-js/wasm-graphviz';
import type { Element, ElementContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { visit } from 'unist-util-visit';

const graphviz = await Graphviz.load();

/**
 * Defaults that an author may override. Graphviz has no fonts here and estimates the width of text; its estimate
 * for Helvetica suits sans-serif faces.
 */
const defaults = [
  'graph [fontname="Helvetica", fontsize=12, bgcolor="transparent", pad=0.1];',
  'node [fontname="Helvetica", fontsize=12, margin="0.18,0.09"];',
  'edge [fontname="Helvetica", fontsize=11, arrowsize=0.7];',
].join(' ');

/** DOT that Graphviz refuses. */
export class DiagramSyntaxError extends Error {
  /** Line of the DOT source, from 1, when Graphviz names it. */
  readonly line: number | undefined;

  constructor(message: string, line: number | undefined) {
    super(message);
    this.name = 'DiagramSyntaxError';
    this.line = line;
  }
}

/**
 * Draws a diagram. Colours, fonts and ids of Graphviz are left out: the site's CSS draws by class, which
 * authors set as `class="accent"` in DOT. The same source gives the same drawing.
 *
 * @param label what a screen reader says
 * @throws DiagramSyntaxError
 */
export function diagramSvg(source: string, label: string): Element {
  const svg = fromHtml(layout(source), { fragment: true, space: 'svg' }).children.find(
    (node): node is Element => node.type === 'element' && node.tagName === 'svg',
  );
  if (!svg) throw new DiagramSyntaxError('the source draws nothing', undefined);
  const [, , width, height] = String(svg.properties.viewBox).split(' ');
  const viewBox = String(svg.properties.viewBox);
  svg.properties = { className: ['graphviz'], role: 'img', ariaLabel: label, viewBox, width, height };
  const graph = svg.children.find((node): node is Element => node.type === 'element');
  svg.children = graph ? [graph] : [];
  const labels = nodeLabels(svg);
  visit(svg, 'element', (element) => {
    if (element !== svg) clean(element, labels);
  });
  return svg;
}

function layout(source: string): string {
  const withDefaults = source.replace(/^([^{]*\{)/, (open) => `${open} ${defaults}`);
  try {
    return graphviz.layout(withDefaults, 'svg', 'dot');
  } catch (error) {
    const message = error instanceof Error ? error.message.trim() : String(error);
    const line = /in line (\d+)/.exec(message)?.[1];
    throw new DiagramSyntaxError(message.split('\n')[0] ?? message, line ? Number(line) : undefined);
  }
}

/** Graphviz titles a node or cluster by its name; readers know it by its label. */
function nodeLabels(svg: Element): Map<string, string> {
  const labels = new Map<string, string>();
  visit(svg, 'element', (group) => {
    if (!hasClass(group, 'node') && !hasClass(group, 'cluster')) return;
    const lines = group.children.filter(
      (node): node is Element => node.type === 'element' && node.tagName === 'text',
    );
    labels.set(textOf(titleOf(group)), lines.map(textOf).join(' '));
  });
  return labels;
}

/** Attributes that say where things are; the others say how they look. */
const geometry = new Set([
  'className',
  'cx',
  'cy',
  'd',
  'dominantBaseline',
  'fontSize',
  'points',
  'rx',
  'ry',
  'strokeDashArray',
  'strokeWidth',
  'textAnchor',
  'transform',
  'x',
  'y',
]);

function clean(element: Element, labels: ReadonlyMap<string, string>): void {
  const isArrowHead = element.tagName === 'polygon' && element.properties.fill === 'black';
  element.properties = Object.fromEntries(
    Object.entries(element.properties).filter(([name]) => geometry.has(name)),
  );
  if (hasClass(element, 'graph')) {
    // The background, and the name of the whole graph.
    element.children = element.children.filter(
      (node) => node.type !== 'element' || !['polygon', 'title'].includes(node.tagName),
    );
  }
  if (isArrowHead) element.properties.className = ['arrow-head'];
  if (element.tagName === 'text') element.properties.fill = 'currentColor';
  if (['path', 'polygon', 'ellipse', 'polyline'].includes(element.tagName)) {
    element.properties.stroke = 'currentColor';
    element.properties.fill = isArrowHead ? 'currentColor' : 'none';
  }
  element.children = element.children.filter(isDrawn);
  const title = titleOf(element);
  if (title) title.children = [{ type: 'text', value: readable(textOf(title), labels) }];
}

/** Comments and the white space between elements draw nothing. */
function isDrawn(node: ElementContent): boolean {
  return node.type === 'element' || (node.type === 'text' && node.value.trim() !== '');
}

/** `a->b` with the labels of both nodes. */
function readable(title: string, labels: ReadonlyMap<string, string>): string {
  const ends = title
    .split(/->|--/)
    .map((name) => labels.get(name) ?? labels.get(name.replace(/:.*$/, '')) ?? name);
  return ends.join(' → ');
}

function titleOf(element: Element): Element | undefined {
  return element.children.find(
    (node): node is Element => node.type === 'element' && node.tagName === 'title',
  );
}

function hasClass({ properties }: Element, name: string): boolean {
  return Array.isArray(properties.className) && properties.className.includes(name);
}

function textOf(element: Element | undefined): string {
  return (element?.children ?? []).map((node) => (node.type === 'text' ? node.value : '')).join('');
}
