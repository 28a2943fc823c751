import { expect, test } from 'vitest';
import { formatTerminal, wantsColor } from '../../../src/errors/format.ts';
import { problem } from '../../../src/errors/problem.ts';
import { problems } from './problems.ts';

test('a problem is its place, code and message, the line with a caret, and the cure; a summary follows', () => {
  expect(formatTerminal(problems, { color: false })).toBe(`\
a.mdx:9:12  trainer-unknown  the registry has no trainer \`dpoo\`
  9 | trainers: [dpoo]
    |            ^^^^
  did you mean \`dpo\`?

b,c.mdx:1:1  file-empty  warning: 100% empty
  Write its frontmatter and text, or delete it.

1 error and 1 warning in 2 files
cause, example and cure: npm run check -- --explain <code>
`);
});

test('one kind of error is named in the line on how to read on', () => {
  expect(formatTerminal(problems.slice(0, 1), { color: false })).toMatch(
    /1 error in 1 file\ncause, example and cure: npm run check -- --explain trainer-unknown\n$/,
  );
});

test('nothing found is said', () => {
  expect(formatTerminal([], { color: false })).toBe('no problems\n');
});

test('the caret keeps its column behind tabs and characters of two code units', () => {
  const [line, caret] = frameOf('\t𝛽 = dpoo', 6, 4);
  expect(line).toBe('  1 | \t𝛽 = dpoo');
  expect(caret).toBe('    | \t   ^^^^');
});

test('a long line is cut around the caret, which stays inside it', () => {
  const [line, caret] = frameOf(`${'x'.repeat(300)}dpoo${'y'.repeat(300)}`, 301, 1000);
  expect(line).toBe(`  1 | …${'x'.repeat(39)}dpoo${'y'.repeat(77)}…`);
  expect(caret).toBe(`    | ${' '.repeat(40)}${'^'.repeat(81)}`);
});

test('control characters of a file do not reach the terminal', () => {
  expect(frameOf('a\u001b[31mb', 1, 1)[0]).toBe('  1 | a�[31mb');
});

test('colours mark severity and dim the gutter', () => {
  const text = formatTerminal(problems, { color: true });
  expect(text).toContain('\u001b[1ma.mdx:9:12\u001b[22m  \u001b[31mtrainer-unknown\u001b[39m');
  expect(text).toContain('\u001b[33mfile-empty\u001b[39m');
  expect(text).toContain('\u001b[2m9 |\u001b[22m');
});

test.each([
  [{ isTTY: true }, {}, true],
  [{ isTTY: true }, { NO_COLOR: '1' }, false],
  [{ isTTY: true }, { NO_COLOR: '' }, true],
  [{ isTTY: true }, { TERM: 'dumb' }, false],
  [{}, {}, false],
])('on %j with %j colours are %s', (stream, env, expected) => {
  expect(wantsColor(stream, env)).toBe(expected);
});

function frameOf(excerpt: string, column: number, length: number): string[] {
  const found = problem('mdx-syntax', { file: 'a.mdx', line: 1, column, length }, 'message', { excerpt });
  return formatTerminal([found], { color: false }).split('\n').slice(1, 3);
}
