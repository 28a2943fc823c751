import { expect, test } from 'vitest';
import { showPath, within } from '../../../src/collections/origin.ts';
import { parseYaml } from '../../../src/collections/yaml.ts';

const text = [
  'slug: dpo',
  'data: { columns: [prompt, chosen] }',
  'empty:',
  'steps:',
  '  - entry: trainers/dpo',
  '    why: |',
  '      Two',
  '      lines.',
  '  - [a, b]',
  '1.5: number',
].join('\n');
// Frontmatter begins on line 2 of its file.
const { origin } = parseYaml(text, 'a.mdx', 2, 'yaml-syntax');

test.each([
  [['slug'], 'value', [2, 7, 3]],
  [['slug'], 'key', [2, 1, 4]],
  [['data', 'columns', 1], 'value', [3, 27, 6]],
  [['data', 'columns', 1], 'key', [3, 27, 6]],
  [['data', 'columns', 7], 'value', [3, 9, 7]],
  [['empty'], 'value', [4, 7, 1]],
  [['steps', 0], 'key', [6, 5, 5]],
  [['steps', 0, 'why'], 'value', [7, 10, 1]],
  [['steps', 0, 'missing'], 'value', [6, 5, 5]],
  [['steps', 1], 'key', [10, 5, 6]],
  [['steps', 'why'], 'value', [5, 1, 5]],
  [['1.5'], 'value', [11, 6, 6]],
  [['nothing'], 'value', [2, 1, undefined]],
  [[], 'key', [2, 1, 1]],
] as const)('the %s: its %s stands there, or what encloses it', (path, part, [line, column, length]) => {
  expect(origin.locate(path, part)).toEqual({ file: 'a.mdx', line, column, ...(length ? { length } : {}) });
});

test('an empty document has one place', () => {
  expect(parseYaml('', 'a.yaml', 1, 'yaml-syntax').origin.locate(['x'])).toEqual({
    file: 'a.yaml',
    line: 1,
    column: 1,
  });
});

test('the record within a larger one finds its values there', () => {
  const step = within(origin, 'steps', 0);
  expect(step.file).toBe('a.mdx');
  expect(step.locate(['entry'])).toMatchObject({ line: 6, column: 12 });
  expect(step.locate(['entry'], 'key')).toMatchObject({ line: 6, column: 5 });
  expect(step.rewrite?.(['entry'], () => 'x')).toEqual(origin.rewrite?.(['steps', 0, 'entry'], () => 'x'));
});

test('a scalar on one line is rewritten where it stands in the file', () => {
  const seen: string[] = [];
  const rewritten = origin.rewrite?.(['slug'], (raw) => {
    seen.push(raw);
    return '"dpo"';
  });
  expect(seen).toEqual(['dpo']);
  expect(rewritten).toEqual({
    line: 2,
    column: 7,
    endLine: 2,
    endColumn: 10,
    old: 'dpo',
    replacement: '"dpo"',
  });
});

test.each([
  ['a list', ['data', 'columns']],
  ['what is not there', ['nothing']],
  ['a value that is not there', ['empty']],
  ['text of several lines', ['steps', 0, 'why']],
])('%s is not rewritten', (_, path) => {
  expect(origin.rewrite?.(path, () => 'x')).toBeUndefined();
});

test('a rewrite that knows no better leaves the value', () => {
  expect(origin.rewrite?.(['slug'], () => undefined)).toBeUndefined();
});

test.each([
  [[], ''],
  [['steps', 2, 'entry'], 'steps[2].entry'],
  [[0, 'id'], '[0].id'],
])('messages write the path %j as %s', (path, shown) => {
  expect(showPath(path)).toBe(shown);
});
