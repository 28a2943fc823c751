import { type Problem, problem } from '../../errors/problem.ts';
import type { PageCheck } from './check.ts';
import { isRedirect } from './page-head.ts';

/** One `<h1>`, first of all headings, and no level left out on the way down. */
export const checkHeadings: PageCheck = (page) => {
  if (isRedirect(page)) return [];
  const headings = page.elements.filter(({ tag }) => /^h[1-6]$/.test(tag));
  const firsts = headings.filter(({ tag }) => tag === 'h1');
  const problems: Problem[] = [];
  if (firsts.length !== 1) {
    const place = firsts[1]?.place ?? { file: page.file, line: 1, column: 1 };
    problems.push(problem('heading-order', place, `expected one <h1>, found ${firsts.length}`));
  }
  let level = 0;
  for (const { tag, place } of headings) {
    const next = Number(tag.slice(1));
    if (next > level + 1) {
      const after = level === 0 ? 'at the start' : `after <h${level}>`;
      problems.push(problem('heading-order', place, `expected <h${level + 1}> ${after}, found <${tag}>`));
    }
    level = next;
  }
  return problems;
};
