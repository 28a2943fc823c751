import katex from 'katex';
import type { Code } from 'mdast';
import type { Math as DisplayMath, InlineMath } from 'mdast-util-math';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { report } from './report.ts';
import type { MarkdownStep } from './step.ts';
import { placeInSource, pointAt } from './text-match.ts';

/** Formulas that KaTeX refuses, and dollar signs that open none. */
export const mathCheck: MarkdownStep = (tree, file) => {
  visit(tree, (node) => {
    if (node.type === 'math' || node.type === 'inlineMath') checkFormula(node, file);
    // A fence `math` is set as a formula, too.
    if (node.type === 'code' && node.lang === 'math') checkFormula(node, file);
    if (node.type === 'text' && node.position) checkDollars(node, file);
  });
};

function checkFormula(node: DisplayMath | InlineMath | Code, file: VFile): void {
  if (node.type === 'inlineMath' && looksLikeMoney(sourceOf(node, file))) {
    report(
      file,
      'math-unbalanced',
      node,
      'found a formula with a space inside its `$`, or a digit after it',
      {
        suggestion: 'take the space out, or write `\\$` for a dollar sign',
      },
    );
    return;
  }
  try {
    const displayMode = node.type !== 'inlineMath';
    // MathML alone: the layout is not needed to know whether the TeX is valid.
    katex.renderToString(node.value, { throwOnError: true, strict: 'ignore', output: 'mathml', displayMode });
  } catch (error) {
    if (!(error instanceof katex.ParseError)) throw error;
    const formula = placeInSource(file, node, node.value);
    const start = formula?.start.offset;
    // KaTeX names no position when it gives up on macros that expand without an end.
    const at = Number.isFinite(error.position) ? Math.min(error.position, node.value.length) : undefined;
    const exact = formula !== node.position && start !== undefined && at !== undefined;
    const where = exact ? pointAt(file, start + at) : node;
    report(file, 'math-syntax', where, `KaTeX: ${error.rawMessage}`);
  }
}

/**
 * "It costs $5 and $6" has a formula in it, as far as the parser is concerned. As in Pandoc, a formula of one
 * dollar sign neither begins nor ends with a space, and no digit follows it.
 *
 * @param source the formula with its dollar signs and the digit after it, if there is one
 */
function looksLikeMoney(source: string): boolean {
  return /^\$(?!\$)(?:\s|[^$]*(?:\s\$|\$\d)$)/.test(source);
}

function sourceOf({ position }: InlineMath, file: VFile): string {
  const end = position?.end.offset ?? 0;
  return String(file)
    .slice(position?.start.offset, end + 1)
    .replace(/\$[^\d$]$/, '$');
}

/** A `$` without a backslash that is left in the text after the parser took the formulas. */
function checkDollars(
  node: { position?: Parameters<typeof placeInSource>[1]['position'] },
  file: VFile,
): void {
  const start = node.position?.start.offset;
  const end = node.position?.end.offset;
  if (start === undefined || end === undefined) return;
  for (const match of String(file)
    .slice(start, end)
    .matchAll(/(\\*)\$/g)) {
    if ((match[1] ?? '').length % 2 === 1) continue;
    const offset = start + match.index + match[0].length - 1;
    report(file, 'math-unbalanced', pointAt(file, offset), 'found a `$` that opens or closes no formula', {
      suggestion: 'close the formula in the same paragraph, or write `\\$`',
    });
  }
}
