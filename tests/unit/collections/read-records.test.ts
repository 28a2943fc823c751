import { expect, test } from 'vitest';
import { z } from 'zod';
import { readEntry, readJson, readList, readRecord } from '../../../src/collections/read-records.ts';
import { readScripts } from '../../../src/collections/read-scripts.ts';
import type { Reading } from '../../../src/collections/reading.ts';

const schema = z.strictObject({ id: z.string(), size: z.number().default(1) });
const fileOf = (text: string) => ({ file: 'a.yaml', stem: 'a', text });

/** What `read` gives, and what it says. */
function reading<T>(read: (reading: Reading) => T) {
  const state: Reading = { problems: [], origins: new Map() };
  const value = read(state);
  const problems = state.problems.map(({ code, line, column, message }) => [code, line, column, message]);
  return { value, problems, state };
}

test('a list keeps its right records; the id of a wrong one is claimed all the same', () => {
  const text = '- id: one\n- { id: two, size: big }\n- id: 3\n- nothing\n- size: 2';
  const { value, problems, state } = reading((to) => readList(fileOf(text), schema, to));
  expect(value).toEqual({ records: [{ id: 'one', size: 1 }], ids: ['one', 'two'] });
  expect(problems).toEqual([
    ['yaml-field', 2, 20, '`size`: expected a number, found "big"'],
    ['yaml-field', 3, 7, '`id`: expected text, found 3'],
    ['yaml-field', 4, 3, 'the record: expected a mapping, found "nothing"'],
    ['yaml-field', 5, 3, '`id` is missing: expected text'],
  ]);
  expect(state.origins.get(value.records[0] ?? {})?.locate(['id'])).toMatchObject({ line: 1, column: 7 });
});

test('a list that does not parse still claims the ids that one sees', () => {
  const text = '- id: one\n-  id: "two" # why\n- x: 1\n  id: \'three\'\n- valid: id: four\n- [';
  const { value, problems } = reading((to) => readList(fileOf(text), schema, to));
  expect(value).toEqual({ records: [], ids: ['one', 'two', 'three'] });
  expect(problems.map(([code]) => code)).toContain('yaml-syntax');
});

test('what is no list is one mistake', () => {
  const { value, problems } = reading((to) => readList(fileOf('id: one'), schema, to));
  expect(value).toEqual({ records: [], ids: [] });
  expect(problems).toEqual([['yaml-field', 1, 1, 'expected a list of records, each beginning with `- id:`']]);
});

test('a record that does not parse is not held to its schema, too', () => {
  const { value, problems } = reading((to) => readRecord(fileOf('id: [\n'), schema, to));
  expect(value).toBeUndefined();
  expect(problems.map(([code]) => code)).toEqual(['yaml-syntax']);
});

test.each([
  ['{\n  "id": 3\n}', ['json-shape', 2, 9, '`id`: expected text, found 3']],
  ['{\n "id": "a"', ['json-shape', 2, 11, expect.stringMatching(/^the JSON does not parse: Expected/)]],
  ['{', ['json-shape', 1, 2, expect.stringMatching(/^the JSON does not parse: Expected property name/)]],
])('JSON %j is told at its place', (text, expected) => {
  const { value, problems } = reading((to) => readJson(fileOf(text), schema, to));
  expect(value).toBeUndefined();
  expect(problems).toEqual([expected]);
});

test('a page without any field lacks them; its body begins after the frontmatter', () => {
  const page = reading((to) => readEntry(fileOf('---\n---\nText'), 'guides', schema, to));
  expect(page.problems).toEqual([['frontmatter-field', 2, 1, '`id` is missing: expected text']]);
  const right = reading((to) => readEntry(fileOf('---\nid: x\n---\nText'), 'guides', schema, to));
  expect(right.value).toEqual({
    ...{ ref: 'guides/a', id: 'a', file: 'a.yaml', data: { id: 'x', size: 1 } },
    ...{ body: 'Text', bodyLine: 4 },
  });
  expect(right.state.origins.get(right.value ?? {})?.locate(['id'])).toMatchObject({ line: 2, column: 5 });
  expect(reading((to) => readEntry(fileOf('Text'), 'guides', schema, to)).problems).toHaveLength(1);
  expect(reading((to) => readEntry(fileOf('---\nid: [\n---\n'), 'guides', schema, to)).problems).toEqual([
    ['frontmatter-syntax', 2, 6, expect.any(String)],
  ]);
});

test('only modules of the lab may come without a header', () => {
  const scripts = (stem: string, text: string) =>
    reading((to) => readScripts([{ file: `${stem}.py`, stem, text }], to));
  for (const stem of ['lab', 'lab_world']) {
    expect(scripts(stem, 'x = 1')).toMatchObject({
      value: { scripts: [], supportModules: [{ file: `${stem}.py`, text: 'x = 1' }] },
      problems: [],
    });
  }
  for (const stem of ['labour', 'my_lab', 'lab_']) {
    const { value, problems } = scripts(stem, 'x = 1');
    expect([stem, value.supportModules.length, problems.map(([code]) => code)]).toEqual([
      ...[stem, 0, ['script-header-missing']],
    ]);
  }
  // With a header, it is a script that happens to be called so.
  expect(scripts('lab', '# /// script\n# a = 1\n# ///').value.supportModules).toEqual([]);
});

test('the fields of a script are found in its header', () => {
  const text = [
    ...[
      '# /// script',
      '# requires-python = ">=3.10"',
      '# dependencies = ["trl==1.16.0"]',
      '# [tool.tutorial]',
    ],
    ...[
      '# title = "Train"',
      '# question = "What does it show?"',
      '# summary = "A small model learns from pairs."',
    ],
    ...['# difficulty = 1', '# covers = ["training"]', '# ///', 'x = 1'],
  ].join('\n');
  const { value, problems, state } = reading((to) =>
    readScripts([{ file: 'a_b.py', stem: 'a_b', text }], to),
  );
  const [script] = value.scripts;
  expect([script?.id, script?.ref, problems]).toEqual(['a-b', 'examples/a-b', []]);
  expect(state.origins.get(script ?? {})?.locate(['title'], 'key')).toEqual({
    ...{ file: 'a_b.py', line: 5, column: 3, length: 5 },
  });
});
