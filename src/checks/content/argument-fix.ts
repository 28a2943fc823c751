import type { Edit, Fix } from '../../errors/fix.ts';
import { certainField, certainRename } from './certain-renames.ts';
import type { PythonSource } from './python-source.ts';
import type { PythonCall, PythonKeyword } from './python-tree.ts';

/**
 * The change that mends an argument which a class does not accept: the new name, or the move into the one literal
 * `args=XConfig(…)` of the same call.
 *
 * @param accepts whether a class accepts an argument
 * @returns undefined where the meaning is not certain
 */
export function argumentFix(
  call: PythonCall,
  keyword: PythonKeyword,
  python: PythonSource,
  accepts: (callee: string, argument: string) => boolean,
): Fix | undefined {
  const passed = (of: PythonCall, name: string) => of.keywords.some((each) => each.name === name);
  const renamed = certainRename(call.name, keyword.name);
  if (renamed !== undefined && accepts(call.name, renamed) && !passed(call, renamed)) {
    return fixOf(python.edit(keyword.from, keyword.to, renamed));
  }
  const field = certainField(call.name, keyword.name);
  const config = call.keywords.find(({ name }) => name === 'args')?.call;
  if (field === undefined || config?.name !== call.name.replace(/Trainer$/, 'Config')) return undefined;
  if (!accepts(config.name, field) || passed(config, field) || config.unpacks) return undefined;
  return moveInto(config, field, call, keyword, python);
}

/** Takes an argument out of one call and puts it at the end of another's. */
function moveInto(
  config: PythonCall,
  field: string,
  call: PythonCall,
  keyword: PythonKeyword,
  python: PythonSource,
): Fix | undefined {
  const { text } = python;
  const value = text.slice(keyword.valueFrom, keyword.valueTo);
  if (/[\n#]/.test(value)) return undefined;
  const taken = withComma(text, keyword, call);
  const inside = text.slice(config.argsFrom, config.argsTo);
  const written = inside.trimEnd();
  // What is written behind a comment on its line would be part of it: it goes on a line of its own.
  const code = written.replace(/[ \t]*#[^\n]*$/, '');
  const comma = code.endsWith(',');
  const separator = lineBreak(inside);
  const isCommented = code !== written;
  if (taken === undefined || (isCommented && !(comma && separator.includes('\n')))) return undefined;
  const end = config.argsFrom + written.length;
  const before = written === '' ? '' : `${comma ? '' : ','}${separator}`;
  return fixOf(
    python.edit(taken.from, taken.to, ''),
    python.edit(end, end, `${before}${field}=${value}${comma ? ',' : ''}`),
  );
}

/** How the arguments of a call are set apart: each on a line of its own, indented alike, or in a row. */
function lineBreak(inside: string): string {
  return /^\s*?(\n[ \t]*)\S/.exec(inside)?.[1] ?? ' ';
}

/** The range of an argument with the comma and the white space, or the line, that go with it. */
function withComma(text: string, { from, valueTo }: PythonKeyword, call: PythonCall) {
  const lineStart = text.lastIndexOf('\n', from - 1) + 1;
  const alone = /^[ \t]*$/.test(text.slice(lineStart, from));
  const own = /^[ \t]*,?[ \t]*\n/.exec(text.slice(valueTo));
  if (alone && own && lineStart > call.from) return { from: lineStart, to: valueTo + own[0].length };
  const behind = /^\s*,[ \t]*/.exec(text.slice(valueTo, call.argsTo))?.[0];
  if (behind !== undefined && !text.slice(valueTo + behind.length, call.argsTo).match(/^\s*#/)) {
    return { from, to: valueTo + behind.length };
  }
  const ahead = /,[ \t]*$/.exec(text.slice(call.argsFrom, from))?.[0];
  return ahead === undefined ? undefined : { from: from - ahead.length, to: valueTo };
}

function fixOf(...edits: (Edit | undefined)[]): Fix | undefined {
  const known = edits.filter((edit) => edit !== undefined);
  return known.length === edits.length ? { edits: known } : undefined;
}
