import { expect, test } from 'vitest';
import { parseToml, tomlOrigin } from '../../../src/collections/toml.ts';

// The block begins on line 3 of its file: its TOML stands on line 4 and below, after `# `.
const blockOf = (toml: string) => ({ toml, startLine: 3, endLine: 4 + toml.split('\n').length });
const toml = [
  'requires-python = ">=3.10"', // line 4
  'dependencies = [', // 5
  '  "trl==1.16.0", # pinned', // 6
  '  "torch",', // 7
  ']', // 8
  '', // 9
  '[tool.tutorial]', // 10
  'title = "A [title] = with signs"', // 11
  "literal = 'raw'", // 12
  'summary = """', // 13
  'difficulty = 1', // 14
  '"""', // 15
  "one = '''x'''", // 16
  'difficulty = 3 # of 4', // 17
  'bugs = { swapped = "the margin", "two words" = "x" }', // 18
  'numbers = [1, 2.5, -3]', // 19
  'a."b c".d = true', // 20
  '  indented = 1', // 21
  '[[tool.plots]]', // 22
  'series = ["a\\"b", "c"]', // 23
].join('\n');
const origin = tomlOrigin(blockOf(toml), 'a.py');

test.each([
  [['requires-python'], 'value', [4, 21, 8]],
  [['requires-python'], 'key', [4, 3, 15]],
  [['dependencies'], 'value', [5, 18, 1]],
  [['dependencies', 0], 'value', [6, 5, 13]],
  [['dependencies', 1], 'value', [7, 5, 7]],
  [['dependencies', 2], 'value', [5, 18, 1]],
  [['tool', 'tutorial'], 'value', [10, 4, 8]],
  [['tool', 'tutorial', 'title'], 'value', [11, 11, 24]],
  [['tool', 'tutorial', 'literal'], 'value', [12, 13, 5]],
  [['tool', 'tutorial', 'summary'], 'value', [13, 13, 3]],
  [['tool', 'tutorial', 'one'], 'value', [16, 9, 7]],
  [['tool', 'tutorial', 'difficulty'], 'value', [17, 16, 8]],
  [['tool', 'tutorial', 'bugs', 'swapped'], 'value', [18, 22, 12]],
  [['tool', 'tutorial', 'bugs', 'unknown'], 'value', [18, 10, 45]],
  [['tool', 'tutorial', 'numbers', 1], 'value', [19, 17, 3]],
  [['tool', 'tutorial', 'numbers', 2], 'value', [19, 22, 2]],
  [['tool', 'tutorial', 'a', 'b c', 'd'], 'value', [20, 15, 4]],
  [['tool', 'tutorial', 'indented'], 'key', [21, 5, 8]],
  [['tool', 'tutorial', 'missing'], 'value', [10, 4, 8]],
  [['tool', 'plots'], 'key', [22, 5, 5]],
  [['tool', 'plots', 'series', 1], 'value', [23, 21, 3]],
  [['nothing'], 'value', [3, 1, 12]],
  [[], 'value', [3, 1, 12]],
] as const)('%j: its %s stands there, or what encloses it', (path, part, [line, column, length]) => {
  expect(origin.locate(path, part)).toEqual({ file: 'a.py', line, column, length });
});

test('a key may be quoted, also in parts', () => {
  const quoted = tomlOrigin(blockOf("'x y' . long-word.'z w' = [1]\n[\"a b\".'c d']\ne = 1"), 'a.py');
  expect(quoted.locate(['x y', 'long-word', 'z w'])).toMatchObject({ line: 4, column: 29 });
  expect(quoted.locate(['a b', 'c d', 'e'])).toMatchObject({ line: 6, column: 7 });
});

test('a list that never closes ends with the block', () => {
  const open = tomlOrigin(blockOf('a = [\n  "x",\n  b = 1'), 'a.py');
  expect(open.locate(['a', 0])).toMatchObject({ line: 5, column: 5 });
  expect(open.locate(['b'])).toMatchObject({ line: 3 });
});

test('a long string that never closes ends with the block', () => {
  expect(tomlOrigin(blockOf('a = """\nb = 1'), 'a.py').locate(['b'])).toMatchObject({ line: 3 });
});

test('a key after a closed value of several lines is found', () => {
  const { locate } = tomlOrigin(blockOf('a = [\n  { x = "]" },\n  \'}\',\n] # ]\nb = 1'), 'a.py');
  expect(locate(['b'])).toMatchObject({ line: 8, column: 7 });
});

test.each([
  ['a string', ['requires-python'], '">=3.10"', { line: 4, column: 21, endColumn: 29 }],
  [
    'a string of single quotes',
    ['tool', 'tutorial', 'literal'],
    "'raw'",
    { line: 12, column: 13, endColumn: 18 },
  ],
  [
    'a number before a comment',
    ['tool', 'tutorial', 'difficulty'],
    '3',
    { line: 17, column: 16, endColumn: 17 },
  ],
  ['a boolean', ['tool', 'tutorial', 'a', 'b c', 'd'], 'true', { line: 20, column: 15, endColumn: 19 }],
])('%s is rewritten where it stands', (_, path, old, place) => {
  const { line, column, endColumn } = place;
  expect(origin.rewrite?.(path, (raw) => `<${raw}>`)).toEqual({
    ...{ line, column, endLine: line, endColumn },
    ...{ old, replacement: `<${old}>` },
  });
});

test.each([
  ['a list', ['tool', 'tutorial', 'numbers']],
  ['a table', ['tool', 'tutorial']],
  ['a mapping', ['tool', 'tutorial', 'bugs']],
  ['a long string', ['tool', 'tutorial', 'summary']],
  ['what is not there', ['nothing']],
])('%s is not rewritten', (_, path) => {
  expect(origin.rewrite?.(path, () => 'x')).toBeUndefined();
});

test('a rewrite that knows no better leaves the value', () => {
  expect(origin.rewrite?.(['requires-python'], () => undefined)).toBeUndefined();
});

test('a syntax error is told without the parser’s own preface, at its place in the file', () => {
  expect(parseToml(blockOf('a = 1\nb = "x'), 'a.py').problems).toEqual([
    {
      code: 'script-header-syntax',
      severity: 'error',
      file: 'a.py',
      line: 5,
      column: 7,
      message: expect.stringMatching(/^(?!Invalid TOML)[^\n]+$/),
    },
  ]);
});

test('TOML is parsed as it stands', () => {
  expect(parseToml(blockOf('a = 1\n[b]\nc = ["x"]'), 'a.py')).toEqual({
    data: { a: 1, b: { c: ['x'] } },
    problems: [],
  });
});
