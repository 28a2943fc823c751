/** The module's docstring, without its quotes; undefined when the file has none. */
export function docstringOf(python: string): string | undefined {
  return /^(?:[ \t]*(?:#[^\n]*)?\n)*[rRuU]?("""|''')([\s\S]*?)\1/.exec(python)?.[2];
}

/** The lines of a docstring that say something: rulers such as `=====` and blank lines are none. */
export function tellingLines(docstring: string): string[] {
  return docstring
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /[\p{L}\p{N}]/u.test(line));
}

/** `Purpose: text`, with the lines that continue it up to a blank line or another label. */
export function labelled(docstring: string, label: string): string | undefined {
  const lines = docstring.split('\n').map((line) => line.trim());
  const start = lines.findIndex((line) => new RegExp(`^\\W*${label}\\W*:\\W*\\S`, 'i').test(line));
  if (start < 0) return undefined;
  const end = lines.findIndex(
    (line, index) => index > start && (line === '' || /^[\p{L} ]{2,24}:/u.test(line)),
  );
  const found = lines.slice(start, end < 0 ? lines.length : end).join(' ');
  return found
    .slice(found.indexOf(':') + 1)
    .replace(/^\W+/, '')
    .trim();
}
