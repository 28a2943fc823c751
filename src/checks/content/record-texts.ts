import { type ContentSource, originOf } from '../../collections/content-source.ts';
import { recordMarkdown } from '../../collections/record-markdown.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import { analyse } from '../../markdown/analyse.ts';
import type { CheckContext } from './check.ts';

/**
 * What the Markdown steps find in the texts of records. A position inside a folded text is lost, so a mistake is
 * placed at the text that holds it.
 */
export function checkRecordTexts(source: ContentSource, { markdown }: CheckContext): Problem[] {
  return recordMarkdown(source).flatMap(({ record, path, text }) => {
    const origin = originOf(source, record);
    return analyse({ file: origin.file, text, line: 1, kind: 'md' }, markdown).map(
      ({ code, message, severity, suggestion }) =>
        problem(code, origin.locate(path), message, { severity, ...(suggestion && { suggestion }) }),
    );
  });
}
