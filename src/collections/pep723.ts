import { editOf, shifted } from '../errors/fix.ts';
import { type Problem, problem } from '../errors/problem.ts';

/** The `script` block of a Python file, without its comment signs. */
export interface InlineMetadata {
  toml: string;
  /** Lines of the file, from 1: of `# /// script` and of the closing `# ///`. */
  startLine: number;
  endLine: number;
}

const start = /^# \/\/\/ ([a-zA-Z0-9-]+)$/;
const almostStart = /^#\s*\/{2,}\s*script\s*$/i;

/**
 * Finds the inline metadata of a script by the grammar of PEP 723: a line `# /// script`, lines that
 * are `#` or begin with `# `, and a line `# ///`, the last one of that run of comments.
 *
 * @see https://packaging.python.org/en/latest/specifications/inline-script-metadata/
 */
export function findMetadata(text: string, file: string): { block?: InlineMetadata; problems: Problem[] } {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const starts = lines.flatMap((line, index) => (start.exec(line)?.[1] === 'script' ? [index] : []));
  const first = starts[0];
  if (first === undefined) return { problems: [missing(lines, file)] };

  let run = first + 1;
  while (run < lines.length && /^#( .*)?$/.test(lines[run] ?? '')) run += 1;
  const end = lines.lastIndexOf('# ///', run - 1);
  if (end <= first) {
    const message =
      run < lines.length
        ? `expected a line that begins with \`# \`, or the closing \`# ///\`, found ${JSON.stringify(lines[run]?.slice(0, 40))}`
        : 'the block has no closing `# ///` line';
    const line = Math.min(run + 1, lines.length);
    return {
      problems: [
        problem('script-header-syntax', { file, line, column: 1 }, message, {
          suggestion: `close the block of line ${first + 1} with \`# ///\``,
        }),
      ],
    };
  }
  const second = starts.find((index) => index > end);
  const problems =
    second === undefined
      ? []
      : [
          problem(
            'script-header-syntax',
            { file, line: second + 1, column: 1, length: 12 },
            `expected one \`script\` block, found a second one; the first begins on line ${first + 1}`,
          ),
        ];
  const toml = lines
    .slice(first + 1, end)
    .map((line) => line.slice(2))
    .join('\n');
  return { block: { toml, startLine: first + 1, endLine: end + 1 }, problems };
}

function missing(lines: string[], file: string): Problem {
  const almost = lines.findIndex((line) => almostStart.test(line));
  if (almost < 0) {
    const message = 'expected a `# /// script` block with [tool.tutorial], found none';
    return problem('script-header-missing', { file, line: 1, column: 1 }, message);
  }
  const found = lines[almost] ?? '';
  const place = { file, line: almost + 1, column: 1, length: found.length };
  return problem('script-header-missing', place, `expected \`# /// script\`, found \`${found}\``, {
    suggestion: 'write exactly `# /// script`',
    fix: { edits: [shifted(editOf(found, 0, found.length, '# /// script'), almost, 0)] },
  });
}
