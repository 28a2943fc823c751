import { parser } from '@lezer/python';

type PythonSyntax = ReturnType<typeof parser.parse>;
export type PythonNode = PythonSyntax['topNode'];

/**
 * Forms of valid Python that the grammar does not know, each with a replacement of the same length that it does:
 * `1.`, a trailing comma before `):`, `case Name():`,
 * a starred target of a loop, and a tuple as the target of `with`.
 */
const unknownForms: readonly [RegExp, (found: string) => string][] = [
  [/(?<![\w.])\d[\d_]*\.(?![\w.])/g, (found) => found.replace('.', '0')],
  [/(?<![\w.])\d[\d_]*\.(?=[eE][+-]?\d|[jJ]\b)/g, (found) => found.replace('.', '0')],
  [/,(?=\s*\)\s*:)/g, () => ' '],
  [/^[ \t]*case\b.*$/gm, (found) => found.replaceAll('()', '__')],
  [/\bfor\b[^\n:=]{0,200}?,\s*\*(?=[A-Za-z_])/g, (found) => `${found.slice(0, -1)} `],
  [/\bas[ \t]*\([\w\s,.*]*\)(?=\s*[:,])/g, (found) => `as ${'_'.repeat(found.length - 3)}`],
];

/** Parses Python. Offsets of the tree are those of `text`, whose names and strings it keeps. */
export function parseTree(text: string): PythonSyntax {
  const known = unknownForms.reduce((code, [form, replace]) => code.replace(form, replace), text);
  return parser.parse(known);
}
