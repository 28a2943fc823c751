import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { didYouMean } from '../errors/suggest.ts';
import { checkExplorer, checkExplorerLinks } from './explorer-mistakes.ts';
import type { JsxElement } from './jsx.ts';
import { attributeOf } from './jsx.ts';
import { report } from './report.ts';
import { runMistakes } from './run-mistakes.ts';
import type { MarkdownStep, Scope } from './step.ts';
import { threadUrl } from './thread.ts';

interface Attributes {
  required: readonly string[];
  optional?: readonly string[];
}

/** The components that an author may use, each with its attributes. */
const known: Readonly<Record<string, Attributes>> = {
  Answer: { required: [] },
  ConfigFields: { required: ['config'], optional: ['title'] },
  ConfigRest: { required: ['config'] },
  CurvePlot: { required: ['name', 'title'] },
  Exercise: { required: ['title'] },
  Explorer: { required: ['name'], optional: ['start'] },
  Migration: { required: ['trainer'] },
  Note: { required: [], optional: ['title'] },
  Question: { required: ['ask'], optional: ['thread'] },
  QuickFacts: { required: [] },
  Region: { required: ['name'] },
  RunPlot: { required: ['script', 'series', 'title'], optional: ['variant', 'variants', 'smooth'] },
  Warning: { required: [], optional: ['title'] },
};

/** Checks the components of a page and their attributes, so that none fails while it is rendered. */
export const components: MarkdownStep = (tree, file, scope) => {
  const explorers = new Set<string>();
  visit(tree, ['mdxJsxFlowElement', 'mdxJsxTextElement'], (node) => {
    if (!('attributes' in node) || !('name' in node)) return;
    const name = node.name ?? '';
    // Lower case is HTML.
    if (!/^[A-Z]/.test(name)) return;
    const attributes = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!attributes) {
      const suggestion =
        didYouMean(name, Object.keys(known)) ?? `components: ${Object.keys(known).join(', ')}`;
      report(file, 'component-prop', node, `there is no component <${name}>`, { suggestion });
      return;
    }
    checkNames(node, attributes, file);
    if (name === 'Explorer') checkExplorer(node, file, explorers);
    if (name === 'Question') checkThread(node, file);
    if (name === 'RunPlot') checkRun(node, file, scope);
    if (name === 'CurvePlot') checkCurves(node, file, scope);
  });
  checkExplorerLinks(tree, file);
};

function checkNames(node: JsxElement, { required, optional = [] }: Attributes, file: VFile): void {
  const allowed = [...required, ...optional];
  const written = node.attributes.map((each) => (each.type === 'mdxJsxAttribute' ? each.name : '{…}'));
  for (const name of written.filter((each) => !allowed.includes(each))) {
    const suggestion =
      didYouMean(name, allowed) ??
      (allowed.length > 0 ? `attributes: ${allowed.join(', ')}` : 'it has no attributes');
    report(file, 'component-prop', node, `<${node.name}> has no attribute \`${name}\``, { suggestion });
  }
  for (const name of required) {
    if (attributeOf(node, name)) continue;
    report(file, 'component-prop', node, `expected ${name}="…" on <${node.name}>, found none`);
  }
}

function checkThread(node: JsxElement, file: VFile): void {
  const thread = attributeOf(node, 'thread');
  if (thread === undefined || threadUrl(thread)) return;
  report(
    file,
    'component-prop',
    node,
    `expected a thread such as trl#1236 or owner/name#12, found \`${thread}\``,
  );
}

/** A figure of functions was computed. */
function checkCurves(node: JsxElement, file: VFile, { curves }: Scope): void {
  const name = attributeOf(node, 'name') ?? '';
  const known = curves.map((each) => each.name);
  if (name === '' || known.includes(name)) return;
  const suggestion = didYouMean(name, known) ?? `write content/curves/${name}.py and run \`npm run curves\``;
  report(file, 'component-prop', node, `content/curves/ has no figure \`${name}\``, { suggestion });
}

/** A plot shows series that were recorded. */
function checkRun(node: JsxElement, file: VFile, { runs }: Scope): void {
  const listed = (name: string) =>
    (attributeOf(node, name) ?? '').split(',').flatMap((each) => each.trim() || []);
  const variants = listed('variants');
  const wish = {
    script: attributeOf(node, 'script') ?? '',
    variants: variants.length > 0 ? variants : [attributeOf(node, 'variant') ?? 'plain'],
    series: listed('series'),
  };
  for (const { message, suggestion } of runMistakes(runs, wish)) {
    report(file, 'component-prop', node, message, { suggestion });
  }
}
