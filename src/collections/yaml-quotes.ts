import { parseDocument, type YAMLError } from 'yaml';
import { editOf, type Fix, shifted } from '../errors/fix.ts';

/** A line that holds one value: of a key, or of an item of a list. */
const oneValue = /^(?<before>\s*(?:- +)?(?:[\w-]+: +)?)(?<value>[^\s"'[\]{}&*!|>#,?-].*?)\s*$/;

/**
 * Quotes around a value that YAML does not take without them: it holds `: `, or begins with a backtick or an at sign.
 * Certain when the whole document says so: with the quotes, that line is no error and nothing else changes.
 *
 * @param firstLine line of the file where `text` begins
 */
export function quotingFix(text: string, error: YAMLError, firstLine: number): Fix | undefined {
  if (error.code !== 'BLOCK_AS_IMPLICIT_KEY' && error.code !== 'BAD_SCALAR_START') return undefined;
  const start = text.lastIndexOf('\n', error.pos[0] - 1) + 1;
  const line = /^[^\n]*/.exec(text.slice(start))?.[0] ?? '';
  const { before, value } = oneValue.exec(line)?.groups ?? {};
  if (before === undefined || before.trim() === '' || value === undefined || value.includes(' #')) {
    return undefined;
  }
  const next = /^\n?(\s*)\S/.exec(text.slice(start + line.length))?.[1] ?? '';
  if (next.length > (/^\s*/.exec(before)?.[0].length ?? 0)) return undefined;
  const from = start + before.length;
  const edit = editOf(text, from, from + value.length, quoted(value));
  const mended = text.slice(0, from) + edit.replacement + text.slice(from + value.length);
  const errors = (of: string) => parseDocument(of, { prettyErrors: false }).errors.length;
  return errors(mended) < errors(text) ? { edits: [shifted(edit, firstLine - 1, 0)] } : undefined;
}

/** In double quotes as long as nothing needs to be escaped there. */
function quoted(value: string): string {
  return /["\\]/.test(value) ? `'${value.replaceAll("'", "''")}'` : `"${value}"`;
}
