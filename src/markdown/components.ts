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
    if (name === 'Migration' || name === 'QuickFacts') checkTrainer(node, file, scope);
    if (name === 'Question') checkThread(node, file);
    if (name === 'RunPlot') checkRun(node, file, scope);
    if (name === 'CurvePlot') checkCurves(node, file, scope);
  });
  checkExplorerLinks(tree, file);
};

function checkNames(node: JsxElement, { required, optional = [] }: Attributes, file: VFile): void {
  const allowed = [...required, ...optional];
  // What stands in braces is a mistake of its own.
  const written = node.attributes.flatMap((each) => (each.type === 'mdxJsxAttribute' ? each.name : []));
  for (const name of written.filter((each) => !allowed.includes(each))) {
    const suggestion =
      didYouMean(name, allowed) ??
      (allowed.length > 0 ? `attributes: ${allowed.join(', ')}` : 'it has no attributes');
    report(file, 'component-prop', node, `<${node.name}> has no attribute \`${name}\``, { suggestion });
  }
  const isBare = (name: string) =>
    node.attributes.some(
      (each) => each.type === 'mdxJsxAttribute' && each.name === name && each.value === null,
    );
  for (const name of optional.filter(isBare)) {
    report(file, 'component-prop', node, `expected ${name}="…" on <${node.name}>, found \`${name}\` alone`);
  }
  for (const name of required) {
    if (attributeOf(node, name) || isExpression(node, name)) continue;
    report(file, 'component-prop', node, `expected ${name}="…" on <${node.name}>, found none`);
  }
}

/** An attribute in braces has a value; that it is JavaScript is a mistake of its own. */
function isExpression(node: JsxElement, name: string): boolean {
  return node.attributes.some(
    (each) =>
      each.type === 'mdxJsxAttribute' && each.name === name && typeof each.value === 'object' && each.value,
  );
}

/** The registry has the trainer that a component speaks of. */
function checkTrainer(node: JsxElement, file: VFile, { claimed, current }: Scope): void {
  if (node.name === 'QuickFacts' && current?.trainer === undefined) {
    report(file, 'component-prop', node, 'expected a trainer in the frontmatter of this page, found none', {
      suggestion: '<QuickFacts /> shows the first of `trainers`',
    });
  }
  const trainer = attributeOf(node, 'trainer');
  if (trainer === undefined || claimed.trainers.has(trainer)) return;
  report(file, 'trainer-unknown', node, `the registry has no trainer \`${trainer}\``, {
    suggestion: didYouMean(trainer, claimed.trainers),
  });
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
