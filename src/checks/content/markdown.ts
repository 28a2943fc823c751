import type { ContentSource } from '../../collections/content-source.ts';
import type { Problem } from '../../errors/problem.ts';
import { analyse } from '../../markdown/analyse.ts';
import type { CheckContext } from './check.ts';

/** Width of the `# ` before each line of a Markdown cell. */
const commentWidth = 2;

/** What the Markdown plugins find: symbols, regions, maths, citations, terms, diagrams, components. */
export function checkMarkdown(source: ContentSource, { markdown }: CheckContext): Problem[] {
  const pages = [...source.annotated, ...source.guides].flatMap(({ file, body, bodyLine, data }) =>
    soften(
      analyse({ file, text: body, line: bodyLine, kind: file.endsWith('.mdx') ? 'mdx' : 'md' }, markdown),
      data.verified,
    ),
  );
  const cells = source.scripts.flatMap(({ file, cells, data }) =>
    cells
      .filter(({ kind }) => kind === 'markdown')
      .flatMap(({ text, line }) => soften(analyse({ file, text, line, kind: 'md' }, markdown), data.verified))
      .map((found) => ({ ...found, column: found.column + commentWidth })),
  );
  return [...pages, ...cells];
}

/** In an imported entry that nobody has checked, an unknown name is a warning. */
function soften(problems: Problem[], verified: boolean): Problem[] {
  if (verified) return problems;
  return problems.map((each) => (each.code === 'symbol-unknown' ? { ...each, severity: 'warning' } : each));
}
