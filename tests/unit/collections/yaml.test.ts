import { expect, test } from 'vitest';
import { parseYaml } from '../../../src/collections/yaml.ts';

/** The problems of YAML that begins on line 2 of its file, and what the fix of the first one writes. */
function read(text: string) {
  const { data, problems } = parseYaml(text, 'a.yaml', 2, 'yaml-syntax');
  const [edit] = problems[0]?.fix?.edits ?? [];
  return {
    data,
    problems: problems.map(({ line, column, message, suggestion }) => [line, column, message, suggestion]),
    fix: edit && [edit.line, edit.column, edit.old, edit.replacement],
  };
}

test('YAML is parsed, also with anchors', () => {
  expect(read('a: &x 1\nb: [*x, two]')).toEqual({
    data: { a: 1, b: [1, 'two'] },
    problems: [],
    fix: undefined,
  });
});

test.each([
  ['a: b: c', [2, 4, 'found a second `: ` in the value', 'put a value that holds ": " in quotes']],
  ['a: 1\na: 2', [3, 1, 'map keys must be unique', 'keep one of the two']],
  ['a: !new x', [2, 4, 'unresolved tag: !new', 'put a value that begins with `!` in quotes']],
  [
    'a: 1\n---\nb: 2',
    [3, 1, 'expected one document, found the start of a second one', 'take the line `---` out'],
  ],
  ['a: [1', [2, 6, expect.stringMatching(/^flow sequence in block collection must be/), undefined]],
])('%j is told at its place', (text, expected) => {
  expect(read(text).problems[0]).toEqual(expected);
  expect(read(text).data).toBeUndefined();
});

test.each([
  ['a tab', 'a:\n\tb: 1', 'indent with spaces'],
  ['a backtick', 'a: `x`', 'put a value that begins with this character in quotes'],
])('%s has a cure', (_, text, cure) => {
  expect(read(text).problems.map(([, , , suggestion]) => suggestion)).toContain(cure);
});

test('aliases that multiply beyond reason are refused, not expanded', () => {
  const levels = ['a', 'b', 'c', 'd', 'e'].map((name, at, names) => {
    const items =
      at === 0
        ? 'x, x, x, x, x, x, x, x'
        : Array(8)
            .fill(`*${names[at - 1]}`)
            .join(', ');
    return `${name}: &${name} [${items}]`;
  });
  expect(read(levels.join('\n'))).toEqual({
    data: undefined,
    problems: [[2, 1, 'excessive alias count indicates a resource exhaustion attack', undefined]],
    fix: undefined,
  });
});

test.each([
  ['title: DPO: a primer', [2, 8, 'DPO: a primer', '"DPO: a primer"']],
  ['- DPO: a: primer', [2, 8, 'a: primer', '"a: primer"']],
  ['a: 1\ntitle: `beta`  \nb: 2', [3, 8, '`beta`', '"`beta`"']],
  ['title: @me', [2, 8, '@me', '"@me"']],
  ['title: Say "x": now', [2, 8, 'Say "x": now', `'Say "x": now'`]],
  ['title: It\'s "x": now', [2, 8, 'It\'s "x": now', `'It''s "x": now'`]],
  ['title: a\\b: c', [2, 8, 'a\\b: c', "'a\\b: c'"]],
  ['steps:\n  - why: one: two\n  - why: x', [3, 10, 'one: two', '"one: two"']],
])('quotes mend %j', (text, fix) => {
  expect(read(text).fix).toEqual(fix);
});

test.each([
  ['a comment behind it', 'title: a: b # c'],
  ['a value that goes on below', 'title: a: b\n  goes on'],
  ['a list in braces', 'title: [a: b: c'],
  ['another mistake that stays', 'a: 1\na: 2'],
  ['no key before it', '`x`'],
  ['a value that no quotes mend', 'a: b: c\n d: e'],
  ['a value that begins a quote', 'a: "b: c": d'],
])('%s: nobody but the author can say what is meant', (_, text) => {
  expect(read(text).fix).toBeUndefined();
});
