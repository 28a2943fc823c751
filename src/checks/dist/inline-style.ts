import { problem } from '../../errors/problem.ts';
import type { PageCheck } from './check.ts';

/** `style=` outside formulas: a strict content security policy refuses it, and it bloats the page. */
export const checkInlineStyle: PageCheck = ({ elements }) =>
  elements
    .filter(({ attributes, inKatex }) => 'style' in attributes && !inKatex)
    .map(({ tag, attributes, place }) =>
      problem('inline-style', place, `expected a class on <${tag}>, found style="${attributes.style}"`),
    );
