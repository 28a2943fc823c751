import { catalogue } from './catalogue.ts';
import { docsOf } from './docs.ts';
import type { Problem } from './problem.ts';
import { showSummary, summarise } from './summary.ts';

/**
 * Problems as workflow commands, which GitHub shows beside the lines of a change: ten errors and ten warnings of
 * a step, the rest only in its log. A problem of no file (`.`) is shown with the run.
 *
 * @param site address of the published site, so that the page of an error can be opened
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function formatGithub(
  problems: readonly Problem[],
  { site }: { site?: string | undefined } = {},
): string {
  const commands = problems.map((each) => {
    const place = {
      file: each.file,
      line: each.line,
      col: each.column,
      // Column and end column count only on one line, and the end is behind the last character.
      ...(each.length ? { endLine: each.line, endColumn: each.column + each.length } : {}),
    };
    const properties = { ...(each.file === '.' ? {} : place), title: each.code };
    const shown = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
    const text = [each.message, each.suggestion ?? catalogue[each.code].cure, docsOf(each.code, site)];
    return `::${each.severity} ${shown.join(',')}::${data(text.join('\n'))}`;
  });
  return `${[...commands, showSummary(summarise(problems))].join('\n')}\n`;
}

/** What would end a command, or begin an escape. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** What would end a property, too. */
function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
