import { catalogue } from './catalogue.ts';
import type { Problem } from './problem.ts';
import { showSummary, summarise } from './summary.ts';

/**
 * Problems as workflow commands, which GitHub shows beside the lines of a change.
 *
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function formatGithub(problems: readonly Problem[]): string {
  const commands = problems.map((each) => {
    const properties = {
      file: each.file,
      line: each.line,
      col: each.column,
      ...(each.length ? { endColumn: each.column + each.length } : {}),
      title: each.code,
    };
    const shown = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
    const text = `${each.message}\n${each.suggestion ?? catalogue[each.code].cure}`;
    return `::${each.severity} ${shown.join(',')}::${data(text)}`;
  });
  return `${[...commands, showSummary(summarise(problems))].join('\n')}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
