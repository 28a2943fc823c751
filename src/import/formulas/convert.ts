import type { Code, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { type Problem, problem } from '../../errors/problem.ts';
import { applyEdits, type Edit } from '../page/edits.ts';
import { isTex } from '../page/is-tex.ts';
import { type TexOf, texOf } from './tex-of.ts';

/** A text with formulas for fences. Its lines are the lines of the source. */
export interface Converted {
  text: string;
  problems: Problem[];
  /** Lines that became TeX, and lines of formulas that stayed. */
  lines: number;
  kept: number;
}

const markdown = unified().use(remarkParse).use(remarkGfm).freeze();

/**
 * Turns plain fences that hold formulas and nothing else into formulas. One line of a fence that is not certain
 * keeps all of it: half a derivation in TeX reads worse than none. Each line is reported.
 *
 * @param shown the file, as problems name it
 */
export function convertFormulas(text: string, shown: string): Converted {
  const edits: Edit[] = [];
  const problems: Problem[] = [];
  let converted = 0;
  let kept = 0;
  const tree: Root = markdown.parse(text);
  visit(tree, 'code', (node, _, parent) => {
    const start = node.position?.start.offset ?? 0;
    const end = node.position?.end.offset ?? 0;
    const source = text.slice(start, end);
    if (!isPlain(node) || !/^[`~]{3}/.test(source) || !isFormula(node.value)) return;
    const lines = node.value.split('\n').map((line) => ({ line, found: judge(line) }));
    const isWhole = /\n[ \t]*[`~]{3,}[ \t]*$/.test(source);
    const isCertain =
      parent?.type === 'root' && isWhole && lines.every(({ found }) => found === undefined || 'tex' in found);
    const first = (node.position?.start.line ?? 1) + 1;
    lines.forEach(({ line, found }, index) => {
      if (!found) return;
      const place = { file: shown, line: first + index, column: 1 };
      const message =
        isCertain && 'tex' in found
          ? `\`${line.trim()}\` became \`${found.tex}\``
          : `\`${line.trim()}\` stays: ${'reason' in found ? found.reason : 'another line of its block is not certain'}`;
      problems.push(problem('import-formula', place, message, { severity: 'warning' }));
    });
    const count = lines.filter(({ found }) => found).length;
    if (!isCertain) {
      kept += count;
      return;
    }
    converted += count;
    edits.push({
      start,
      end,
      text: block(lines.map(({ found }) => (found && 'tex' in found ? found.tex : ''))),
    });
  });
  return { text: applyEdits(text, edits), problems, lines: converted, kept };
}

function judge(line: string): TexOf | undefined {
  if (line.trim() === '') return undefined;
  const found = texOf(line);
  if ('tex' in found && !isTex(found.tex, true)) return { reason: 'it is no valid TeX' };
  return found;
}

function isPlain({ lang }: Code): boolean {
  return lang === null || lang === undefined || lang === 'text' || lang === 'txt';
}

/** Whether a block holds formulas: it has their signs, and is neither drawn nor code. */
function isFormula(value: string): boolean {
  if (/[\u2500-\u259f▲▼◄►]/.test(value)) return false;
  return /[\u0370-\u03ff∇∂∑∏∫√≈≤≥∞∈·×−‖∥]/.test(value) || /=.*\b(?:log|exp)\b/.test(value);
}

/** A displayed formula of as many lines as the fence had. */
function block(lines: readonly string[]): string {
  const filled = lines.flatMap((line, index) => (line === '' ? [] : index));
  if (filled.length === 1) return ['$$', ...lines, '$$'].join('\n');
  const body = lines.map((line, index) => {
    if (line === '') return '';
    const begin = index === filled[0] ? '\\begin{aligned} ' : '';
    return begin + aligned(line) + (index === filled.at(-1) ? ' \\end{aligned}' : ' \\\\');
  });
  return ['$$', ...body, '$$'].join('\n');
}

/** Lines stand below each other at their first relation. */
function aligned(tex: string): string {
  const at = /(?:=|\\approx|\\le|\\ge|\\propto)(?![A-Za-z])/.exec(tex)?.index;
  return at === undefined ? tex : `${tex.slice(0, at)}&${tex.slice(at)}`;
}
