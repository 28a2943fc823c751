import { type ContentSource, originOf } from '../../collections/content-source.ts';
import { recordTexts } from '../../collections/record-markdown.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import { analyse } from '../../markdown/analyse.ts';
import type { CheckContext } from './check.ts';

/**
 * The Markdown in fields holds: a glossary's definition, a prerequisite, a hint in the registry. A mistake is
 * placed at the field, since positions inside a folded text are lost.
 */
export function checkRecordMarkdown(source: ContentSource, { markdown }: CheckContext): Problem[] {
  return recordTexts(source).flatMap(({ record, at, text }) => {
    const origin = originOf(source, record);
    return analyse({ file: origin.file, text, line: 1, kind: 'md' }, markdown).map(
      ({ code, message, severity, suggestion }) =>
        problem(code, origin.locate(at), message, { severity, ...(suggestion && { suggestion }) }),
    );
  });
}
