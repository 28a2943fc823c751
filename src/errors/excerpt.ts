import type { Problem } from './problem.ts';

/**
 * Gives each problem the line that it points at, if it has none yet.
 *
 * @param texts the text of each file, by the name that the problems use
 */
export function withExcerpts(problems: readonly Problem[], texts: ReadonlyMap<string, string>): Problem[] {
  const lines = new Map<string, string[]>();
  return problems.map((each) => {
    if (each.excerpt !== undefined) return each;
    const text = texts.get(each.file);
    if (text === undefined) return each;
    if (!lines.has(each.file)) lines.set(each.file, text.split('\n'));
    const excerpt = lines.get(each.file)?.[each.line - 1];
    return excerpt === undefined ? each : { ...each, excerpt };
  });
}
