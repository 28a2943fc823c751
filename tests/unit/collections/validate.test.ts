import { expect, test } from 'vitest';
import { z } from 'zod';
import { validate } from '../../../src/collections/validate.ts';
import { parseYaml } from '../../../src/collections/yaml.ts';

const schema = z.strictObject({
  title: z.string().min(3),
  level: z.int().min(1).max(4),
  kind: z.enum(['stable', 'removed']).default('stable'),
  tags: z.array(z.string()).default([]),
  steps: z.array(z.strictObject({ entry: z.string(), why: z.string() })).default([]),
  date: z.iso.date().optional(),
  bugs: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});

/** The problems of a record that begins on line 2 of its file. */
function problemsOf(yaml: string) {
  const { data, origin, problems } = parseYaml(yaml, 'a.yaml', 2, 'yaml-syntax');
  const found = problems.length > 0 ? problems : validate(schema, data, origin, 'yaml-field').problems;
  return found.map(({ line, column, length, message, suggestion }) => [
    line,
    column,
    length,
    message,
    suggestion,
  ]);
}

test('a value of the right shape has its defaults filled in', () => {
  const { data, origin } = parseYaml('title: DPO\nlevel: 2', 'a.yaml', 1, 'yaml-syntax');
  expect(validate(schema, data, origin, 'yaml-field')).toEqual({
    value: { title: 'DPO', level: 2, kind: 'stable', tags: [], steps: [], bugs: {} },
    problems: [],
  });
});

test.each([
  ['level: 2', [2, 1, undefined, '`title` is missing: expected text', undefined]],
  ['title: DPO\nlevel: 9', [3, 8, 1, '`level`: expected at most 4, found 9', undefined]],
  ['title: DPO\nlevel: easy', [3, 8, 4, '`level`: expected a number, found "easy"', undefined]],
  [
    'title: AB\nlevel: 2',
    [2, 8, 2, '`title`: expected at least 3 characters (here 2), found "AB"', undefined],
  ],
  ['title: 2305.1\nlevel: 2', [2, 8, 6, '`title`: expected text, found 2305.1', 'put the value in quotes']],
  ['title: DPO\nlevel: 2\ntags: rl', [4, 7, 2, '`tags`: expected a list, found "rl"', 'write `[rl]`']],
  [
    'title: DPO\nlevel: 2\nkind: stabel',
    [4, 7, 6, '`kind`: expected stable or removed, found "stabel"', 'did you mean `stable`?'],
  ],
  [
    'title: DPO\nlevel: 2\ndate: today',
    [4, 7, 5, '`date`: expected a date like 2026-10-15, found "today"', undefined],
  ],
  [
    'title: DPO\nlevel: 2\nbugs: { lr: [1] }',
    [4, 13, 3, '`bugs.lr`: expected text or a number, found a list', undefined],
  ],
  [
    'title: DPO\nlevel: 2\nsteps:\n  - entry: guides/a\n    why: it is first\n  - why: it is next',
    [7, 5, 3, '`steps[1].entry` is missing: expected text', undefined],
  ],
  [
    'title: DPO\nlevel: 2\ncolour: red',
    [4, 1, 6, '`colour` is not a field here', 'fields: kind, tags, steps, date, bugs'],
  ],
])('%j is told at its value', (yaml, expected) => {
  expect(problemsOf(yaml)).toEqual([expected]);
});

test('a misspelt field is one problem, not also a missing one', () => {
  expect(problemsOf('titel: DPO\nlevel: 2')).toEqual([
    [2, 1, 5, '`titel` is not a field here', 'did you mean `title`?'],
  ]);
});

test('every syntax error of a document is told', () => {
  expect(problemsOf('title: Rewards: a primer\nlevel: 1\nlevel: 2')).toEqual([
    [2, 8, undefined, 'found a second `: ` in the value', 'put a value that holds ": " in quotes'],
    [4, 1, undefined, 'map keys must be unique', 'keep one of the two'],
  ]);
});

test('an alias to nothing is a syntax error', () => {
  expect(problemsOf('title: *nobody\nlevel: 2')).toEqual([
    [2, 1, undefined, 'unresolved alias (the anchor must be set before the alias): nobody', undefined],
  ]);
});

test('a field deep in a record is told with its whole way, and what may stand there', () => {
  expect(problemsOf('title: DPO\nlevel: 2\nsteps:\n  - entry: a\n    why: b\n    zzz: 1')).toEqual([
    [7, 5, 3, '`steps[0].zzz` is not a field here', undefined],
  ]);
  expect(problemsOf('title: DPO\nlevel: 2\nsteps:\n  - entri: a\n    why: b')).toEqual([
    [5, 5, 5, '`steps[0].entri` is not a field here', 'did you mean `entry`?'],
  ]);
});

test('a misspelt field does not hide that another one is missing', () => {
  expect(problemsOf('titel: DPO')).toEqual([
    [2, 1, 5, '`titel` is not a field here', 'did you mean `title`?'],
    [2, 1, undefined, '`level` is missing: expected a number', undefined],
  ]);
});

test('a value whose meaning is certain comes with the edit that mends it', () => {
  const { data, origin } = parseYaml('title: 2305.1\nlevel: "2"\ntags: a, b', 'a.yaml', 2, 'yaml-syntax');
  const fixes = validate(schema, data, origin, 'yaml-field').problems.map(({ fix }) =>
    fix?.edits.map(({ line, column, old, replacement }) => [line, column, old, replacement]),
  );
  expect(fixes).toEqual([[[2, 8, '2305.1', '"2305.1"']], [[3, 8, '"2"', '2']], undefined]);
});
