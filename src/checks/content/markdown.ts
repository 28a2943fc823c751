import type { ContentSource } from '../../collections/content-source.ts';
import type { Problem } from '../../errors/problem.ts';
import { analyse } from '../../markdown/analyse.ts';
import type { CheckContext } from './check.ts';

/** Width of the `# ` before each line of a Markdown cell. */
const commentWidth = 2;

/** What the Markdown plugins find: symbols, regions, maths, citations, terms, diagrams, components. */
export function checkMarkdown(source: ContentSource, { markdown }: CheckContext): Problem[] {
  const pages = [...source.annotated, ...source.guides].flatMap(({ file, body, bodyLine }) =>
    analyse({ file, text: body, line: bodyLine, kind: file.endsWith('.mdx') ? 'mdx' : 'md' }, markdown),
  );
  const cells = source.scripts.flatMap(({ file, cells }) =>
    cells
      .filter(({ kind }) => kind === 'markdown')
      .flatMap(({ text, line }) => analyse({ file, text, line, kind: 'md' }, markdown))
      .map((found) => ({ ...found, column: found.column + commentWidth })),
  );
  return [...pages, ...cells];
}
