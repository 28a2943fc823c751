import type { Root } from 'mdast';
import { VFile } from 'vfile';
import { VFileMessage } from 'vfile-message';
import type { ErrorCode } from '../errors/catalogue.ts';
import { byPlace, type Problem, problem } from '../errors/problem.ts';
import type { MarkdownContext } from './context.ts';
import { parse } from './parse.ts';
import { codeOf } from './report.ts';
import { scopeOf } from './step.ts';
import { markdownSteps } from './steps.ts';

export interface AnalysedText {
  /** What problems call the file; its page is found by it. */
  file: string;
  text: string;
  /** Line of the file where `text` starts, from 1. */
  line: number;
  kind: 'mdx' | 'md';
}

/**
 * What is wrong with a Markdown text: parses it as Astro does and runs the same steps, without rendering.
 * A text that does not parse as MDX has that one problem.
 */
export function analyse({ file, text, line, kind }: AnalysedText, context: MarkdownContext): Problem[] {
  const vfile = new VFile({ path: file, value: text });
  const toProblem = (message: VFileMessage, code: ErrorCode): Problem => {
    const start = startOf(message);
    const place = {
      file,
      line: (start?.line ?? 1) + line - 1,
      column: start?.column ?? 1,
      ...lengthOf(message),
    };
    return problem(code, place, message.reason, {
      severity: message.fatal === null ? 'warning' : 'error',
      suggestion: message.note,
    });
  };
  try {
    runSteps(parse(vfile, kind), vfile, context);
  } catch (error) {
    if (!(error instanceof VFileMessage)) throw error;
    return [atOpeningTag(toProblem(error, 'mdx-syntax'), line)];
  }
  return vfile.messages
    .flatMap((message) => {
      const code = codeOf(message);
      return code ? [toProblem(message, code)] : [];
    })
    .sort(byPlace);
}

/**
 * Runs the steps of the site over a tree that is parsed already: the tree is changed, what is wrong is added to the
 * file's messages.
 */
export function runSteps(tree: Root, file: VFile, context: MarkdownContext): void {
  const scope = scopeOf(file, context);
  for (const step of markdownSteps) step(tree, file, scope);
}

/** MDX points at the end of what misses a tag, and names the opening one by the lines of the text alone. */
function atOpeningTag(found: Problem, line: number): Problem {
  const [range, row, from, lastRow, to] = / \((\d+):(\d+)-(\d+):(\d+)\)/.exec(found.message) ?? [];
  if (range === undefined) return found;
  const length = row === lastRow ? Number(to) - Number(from) : 1;
  return {
    ...found,
    line: Number(row) + line - 1,
    column: Number(from),
    length,
    message: found.message.replace(range, ''),
  };
}

function startOf({ place }: VFileMessage) {
  if (place === undefined) return undefined;
  return 'start' in place ? place.start : place;
}

/** The width of the caret, for a range within one line. */
function lengthOf({ place }: VFileMessage): { length?: number } {
  if (place === undefined || !('start' in place) || place.start.line !== place.end.line) return {};
  return { length: Math.max(1, place.end.column - place.start.column) };
}
