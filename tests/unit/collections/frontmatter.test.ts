import { expect, test } from 'vitest';
import { hiddenCharacter, splitFrontmatter } from '../../../src/collections/frontmatter.ts';

test('a file splits at its two `---` lines', () => {
  expect(splitFrontmatter('---\ntitle: A\n---\n\nText\n\n---\n', 'a.mdx')).toEqual({
    parts: { yaml: 'title: A', yamlLine: 2, body: '\nText\n\n---\n', bodyLine: 4 },
    problems: [],
  });
});

test.each([
  ['# No frontmatter', 'frontmatter-missing', 'expected `---` on the first line, found "# No frontmatter"'],
  ['---\ntitle: A\n', 'frontmatter-syntax', 'the frontmatter that begins here has no closing `---` line'],
])('%j has no frontmatter', (text, code, message) => {
  const { parts, problems } = splitFrontmatter(text, 'a.mdx');
  expect(parts).toBeUndefined();
  expect(problems).toEqual([expect.objectContaining({ code, message, file: 'a.mdx', line: 1, column: 1 })]);
});

test('a missing end has a cure; white space after the lines does not matter', () => {
  expect(splitFrontmatter('---\na: 1', 'a.mdx').problems).toEqual([
    expect.objectContaining({
      length: 3,
      suggestion: 'write `---` on a line of its own after the last field',
    }),
  ]);
  expect(splitFrontmatter('---  \na: 1\nb: 2\n--- \n', 'a.mdx').parts).toEqual({
    ...{ yaml: 'a: 1\nb: 2', yamlLine: 2, body: '', bodyLine: 5 },
  });
});

test('a long first line is cut where it is told', () => {
  expect(splitFrontmatter('x'.repeat(50), 'a.mdx').problems[0]?.message).toBe(
    `expected \`---\` on the first line, found "${'x'.repeat(40)}"`,
  );
});

test.each(['\u0007', '\u0000', '\u0085', '\uFFFE'])(
  'a hidden character (%j) is named with its place; tabs are none',
  (hidden) => {
    const { parts } = splitFrontmatter(`---\na: 1\nb: x\t${hidden}y\n---\n`, 'a.mdx');
    const found = hidden.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase();
    expect(parts && hiddenCharacter(parts, 'a.mdx')).toEqual([
      expect.objectContaining({
        line: 3,
        column: 6,
        message: `expected text, found the control character U+${found}`,
      }),
    ]);
    expect(hiddenCharacter({ yaml: 'a: 1\r\nb:\t2', yamlLine: 2, body: '', bodyLine: 5 }, 'a.mdx')).toEqual(
      [],
    );
  },
);
