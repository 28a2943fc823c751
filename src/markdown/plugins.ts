import type { Root as HastRoot } from 'hast';
import type { Root } from 'mdast';
import remarkMath from 'remark-math';
import type { VFile } from 'vfile';
import type { MarkdownContext } from './context.ts';
import { codeOf } from './report.ts';
import { scopeOf } from './step.ts';
import { htmlSteps, markdownSteps } from './steps.ts';

/** Hands out the context of the present state of the content folder. */
export type GetContext = () => MarkdownContext | Promise<MarkdownContext>;

/** The remark plugins of the site. Throws one error with all mistakes of a file. */
export function remarkPlugins(getContext: GetContext) {
  const run = () => async (tree: Root, file: VFile) => {
    const scope = scopeOf(file, await getContext());
    for (const step of markdownSteps) step(tree, file, scope);
    refuse(file);
  };
  return [remarkMath, run];
}

/**
 * The rehype plugins of the site. They highlight code themselves: set Astro's `markdown.syntaxHighlight` to
 * false, or Astro writes inline styles, which the site's content security policy refuses.
 */
export function rehypePlugins(getContext: GetContext) {
  const run = () => async (tree: HastRoot, file: VFile) => {
    const scope = scopeOf(file, await getContext());
    for (const step of htmlSteps) await step(tree, file, scope);
  };
  return [run];
}

function refuse(file: VFile): void {
  const mistakes = file.messages.filter((message) => codeOf(message) && message.fatal !== null);
  if (mistakes.length === 0) return;
  mistakes.sort((a, b) => (a.line ?? 1) - (b.line ?? 1) || (a.column ?? 1) - (b.column ?? 1));
  const lines = mistakes.map(({ line, column, ruleId, reason, note }) =>
    [
      `${file.path ?? 'a record'}:${line ?? 1}:${column ?? 1}  ${ruleId}  ${reason}`,
      ...(note ? [`  ${note}`] : []),
    ].join('\n'),
  );
  throw new Error(lines.join('\n'));
}
