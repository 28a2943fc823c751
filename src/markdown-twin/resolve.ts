import type { Root } from 'mdast';
import { VFile } from 'vfile';
import type { MarkdownContext } from '../markdown/context.ts';
import { diagrams } from '../markdown/diagrams.ts';
import { mathCheck } from '../markdown/math-check.ts';
import { parse } from '../markdown/parse.ts';
import { shortCode } from '../markdown/short-code.ts';
import { scopeOf } from '../markdown/step.ts';
import { markdownSteps } from '../markdown/steps.ts';

/** What these do is for HTML alone; a diagram stays its source. */
const forHtml = new Set([mathCheck, diagrams, shortCode]);
const steps = markdownSteps.filter((step) => !forHtml.has(step));

/**
 * The tree of a text as the page has it: regions, config tables, citations and symbols resolved by the same
 * steps, and the papers that it cites. Its mistakes were reported by the check and are not reported again.
 *
 * @param path of the page's file; undefined for Markdown that stands in a record
 */
export function resolve(
  text: string,
  kind: 'mdx' | 'md',
  path: string | undefined,
  context: MarkdownContext,
): { tree: Root; cited: readonly string[] } {
  const file = new VFile({ value: text, ...(path === undefined ? {} : { path }) });
  const tree = parse(file, kind);
  const scope = scopeOf(file, context);
  for (const step of steps) step(tree, file, scope);
  return { tree, cited: file.data.cited ?? [] };
}
