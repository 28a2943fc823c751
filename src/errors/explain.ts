import { docsOf } from './docs.ts';
import type { ExampleLines } from './example-edit.ts';
import { commandOf, type Explanation, shownFile } from './explanation.ts';

/**
 * The page of an error for a terminal: cause, why the check exists, the example with what the check prints for
 * it, the mended lines, the cure.
 *
 * @param site address of the published site, for the page's address
 */
export function explainInTerminal(
  explanation: Explanation,
  { color, site }: { color: boolean; site?: string | undefined },
): string {
  const { code, cause, cure, why, edits, output, related } = explanation;
  const bold = (text: string) => (color ? `\u001b[1m${text}\u001b[22m` : text);
  const [red, green] = [31, 32].map(
    (on) => (text: string) => (color ? `\u001b[${on}m${text}\u001b[39m` : text),
  );
  const form = (side: 'broken' | 'mended', sign: string, mark: (text: string) => string) =>
    edits.flatMap((edit) => [`${shownFile(explanation, edit, side)}`, ...marked(edit[side], sign, mark), '']);
  const sections: [string, string[]][] = [
    ['Example', form('broken', '-', red ?? String)],
    [`What \`${commandOf(explanation)}\` prints`, [...indented(output.trimEnd().split('\n')), '']],
    ['Mended', form('mended', '+', green ?? String)],
    ['Cure', [cure, '']],
    ['Read on', [docsOf(code, site), ...(related.length > 0 ? [`related: ${related.join(', ')}`] : [])]],
  ];
  return `${[
    `${bold(code)}  ${cause}`,
    '',
    wrap(why),
    '',
    ...sections.flatMap(([title, lines]) => [bold(title), ...indented(lines)]),
  ]
    .join('\n')
    .trimEnd()}\n`;
}

/** The lines, with a sign before those that the example is about. */
function marked(
  { text, marked: numbers }: ExampleLines,
  sign: string,
  mark: (text: string) => string,
): string[] {
  return text
    .split('\n')
    .map((line, index) => (numbers.includes(index + 1) ? mark(`${sign} ${line}`) : `  ${line}`).trimEnd());
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}

/** Paragraphs in lines of at most 80 characters. */
function wrap(text: string): string {
  return text
    .split('\n\n')
    .map((paragraph) =>
      paragraph
        .replaceAll('\n', ' ')
        .replace(/(.{1,80})(?:\s+|$)/g, '$1\n')
        .trimEnd(),
    )
    .join('\n\n');
}
