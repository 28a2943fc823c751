import { expect, test } from 'vitest';
import { splitFrontmatter } from '../../../src/collections/frontmatter.ts';

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
