import { createHash } from 'node:crypto';
import type { ContentSource } from '../../collections/content-source.ts';
import type { Problem } from '../../errors/problem.ts';
import { type AnalysedText, analyse } from '../../markdown/analyse.ts';
import type { CheckContext } from './check.ts';
import { markdownState } from './memory.ts';

/** Width of the `# ` before each line of a Markdown cell. */
const commentWidth = 2;

/** What the Markdown plugins find: symbols, regions, maths, citations, terms, diagrams, components. */
export function checkMarkdown(source: ContentSource, { markdown, memory }: CheckContext): Problem[] {
  const state = markdownState(source, markdown.base);
  const mistakes = (text: AnalysedText) =>
    memory.markdown.recall(keyOf(state, text), () => analyse(text, markdown));
  const pages = [...source.annotated, ...source.guides].flatMap(({ file, body, bodyLine }) =>
    mistakes({ file, text: body, line: bodyLine, kind: file.endsWith('.mdx') ? 'mdx' : 'md' }),
  );
  const cells = source.scripts.flatMap(({ file, cells }) =>
    cells
      .filter(({ kind }) => kind === 'markdown')
      .flatMap(({ text, line }) => mistakes({ file, text, line, kind: 'md' }))
      .map((found) => ({ ...found, column: found.column + commentWidth })),
  );
  return [...pages, ...cells];
}

function keyOf(state: string, text: AnalysedText): string {
  return createHash('sha256').update(state).update(JSON.stringify(text)).digest('hex');
}
