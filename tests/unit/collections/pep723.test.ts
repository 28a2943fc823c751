import { expect, test } from 'vitest';
import { findMetadata } from '../../../src/collections/pep723.ts';

const found = (...lines: string[]) => findMetadata(lines.join('\n'), 'a.py');

test('the block is found wherever it stands, without its comment signs', () => {
  expect(
    found('#!/usr/bin/env python', '# /// script  ', '# a = 1', '#', '#   b = 2', '# ///', 'x = 1'),
  ).toEqual({
    block: { toml: 'a = 1\n\n  b = 2', startLine: 2, endLine: 6 },
    problems: [],
  });
});

test('the block ends at the last `# ///` of its run of comments', () => {
  const { block } = found('# /// script', '# a = 1', '# ///', '# b = 2', '# ///', '', '# ///');
  expect(block).toEqual({ toml: 'a = 1\n///\nb = 2', startLine: 1, endLine: 5 });
});

test('a block of another tool is not ours', () => {
  expect(found('# /// pyproject', '# ///', '# /// script', '# a = 1', '# ///').block?.startLine).toBe(3);
});

test.each([
  [['# /// script', '# a = 1'], 2, 'the block has no closing `# ///` line'],
  [
    ['# /// script', '# a', 'x = 1'],
    3,
    'expected a line that begins with `# `, or the closing `# ///`, found "x = 1"',
  ],
  [['# /// script', '#a'], 2, 'expected a line that begins with `# `, or the closing `# ///`, found "#a"'],
  [
    ['# /// script', 'x'.repeat(50)],
    2,
    `expected a line that begins with \`# \`, or the closing \`# ///\`, found "${'x'.repeat(40)}"`,
  ],
  [
    ['# ///', '# /// script', '# a = 1', '', '# ///'],
    4,
    'expected a line that begins with `# `, or the closing `# ///`, found ""',
  ],
])('%j does not close', (lines, line, message) => {
  const { block, problems } = found(...lines);
  expect(block).toBeUndefined();
  expect(problems).toEqual([
    {
      ...{ code: 'script-header-syntax', severity: 'error', file: 'a.py', line, column: 1, message },
      suggestion: `close the block of line ${lines.indexOf('# /// script') + 1} with \`# ///\``,
    },
  ]);
});

test('a second block is told, and the first one holds', () => {
  const { block, problems } = found('# /// script', '# a = 1', '# ///', '', '# /// script', '# ///');
  expect(block?.toml).toBe('a = 1');
  expect(problems).toEqual([
    {
      ...{ code: 'script-header-syntax', severity: 'error', file: 'a.py', line: 5, column: 1, length: 12 },
      message: 'expected one `script` block, found a second one; the first begins on line 1',
    },
  ]);
});

test.each(['#/// script', '#  ///  Script ', '# // script', '# //// script'])(
  '%s is almost a header',
  (line) => {
    const [problem] = found('', line).problems;
    expect(problem).toMatchObject({
      ...{ code: 'script-header-missing', line: 2, column: 1, length: line.trimEnd().length },
      message: `expected \`# /// script\`, found \`${line.trimEnd()}\``,
      suggestion: 'write exactly `# /// script`',
      fix: { edits: [{ line: 2, column: 1, old: line.trimEnd(), replacement: '# /// script' }] },
    });
  },
);

test.each(['# / script', 'x # /// script', '# /// scripts', '# ///'])('%s is none', (line) => {
  expect(found(line).problems).toEqual([
    {
      ...{ code: 'script-header-missing', severity: 'error', file: 'a.py', line: 1, column: 1 },
      message: 'expected a `# /// script` block with [tool.tutorial], found none',
    },
  ]);
});
