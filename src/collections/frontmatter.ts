import { type Problem, problem } from '../errors/problem.ts';

/** The two halves of an entry's file, with the lines where they begin. */
export interface Frontmatter {
  yaml: string;
  yamlLine: number;
  body: string;
  bodyLine: number;
}

/**
 * Splits a file at its `---` lines.
 *
 * @returns the halves, or one problem: no opening line, or no closing one
 */
export function splitFrontmatter(text: string, file: string): { parts?: Frontmatter; problems: Problem[] } {
  const lines = text.split('\n');
  if (lines[0]?.trimEnd() !== '---') {
    const message = `expected \`---\` on the first line, found ${JSON.stringify((lines[0] ?? '').slice(0, 40))}`;
    return { problems: [problem('frontmatter-missing', { file, line: 1, column: 1 }, message)] };
  }
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  if (end < 0) {
    const message = 'the frontmatter that begins here has no closing `---` line';
    const suggestion = 'write `---` on a line of its own after the last field';
    return {
      problems: [
        problem('frontmatter-syntax', { file, line: 1, column: 1, length: 3 }, message, { suggestion }),
      ],
    };
  }
  return {
    parts: {
      yaml: lines.slice(1, end).join('\n'),
      yamlLine: 2,
      body: lines.slice(end + 1).join('\n'),
      bodyLine: end + 2,
    },
    problems: [],
  };
}

/**
 * A control character, which YAML forbids and its parser passes over; nobody sees it in an editor.
 *
 * @returns the problem of the first one
 */
export function hiddenCharacter({ yaml, yamlLine }: Frontmatter, file: string): Problem[] {
  const at = yaml
    .split('')
    .findIndex((each) => /[\p{Cc}\uFFFE\uFFFF]/u.test(each) && !'\t\r\n'.includes(each));
  if (at < 0) return [];
  const before = yaml.slice(0, at).split('\n');
  const place = { file, line: before.length + yamlLine - 1, column: (before.at(-1)?.length ?? 0) + 1 };
  const found = yaml.charCodeAt(at).toString(16).padStart(4, '0').toUpperCase();
  return [
    problem('frontmatter-syntax', place, `expected text, found the control character U+${found}`, {
      suggestion: 'delete it, and write the word anew',
    }),
  ];
}
