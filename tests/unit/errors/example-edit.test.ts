import { describe, expect, test } from 'vitest';
import { applyEdit, parseEdit } from '../../../src/errors/example-edit.ts';

const valid = 'title: A\ntrainers: [dpo]\ndifficulty: 2\n';
const edit = (diff: string, as?: string) => parseEdit(diff, { file: 'a.yaml', as });

test('a diff holds two forms of the same lines, and says which lines differ', () => {
  expect(edit(' title: A\n-trainers: [dpoo]\n+trainers: [dpo]')).toEqual({
    file: 'a.yaml',
    to: undefined,
    broken: { text: 'title: A\ntrainers: [dpoo]', marked: [2] },
    mended: { text: 'title: A\ntrainers: [dpo]', marked: [2] },
    context: ['title: A'],
    as: undefined,
    over: undefined,
  });
});

test('a line without a sign is a mistake of the example', () => {
  expect(() => edit('title: A')).toThrow('expected a diff line that begins with "-", "+" or a space');
});

describe('applied to a valid file', () => {
  test.each([
    [
      'the mended lines stand there',
      '-trainers: [dpoo]\n+trainers: [dpo]',
      'title: A\ntrainers: [dpoo]\ndifficulty: 2\n',
      valid,
    ],
    [
      'a line too many',
      ' title: A\n-titel: B',
      'title: A\ntitel: B\ntrainers: [dpo]\ndifficulty: 2\n',
      valid,
    ],
    [
      'the context stands there',
      ' title: A\n-draft: no\n+draft: true',
      'title: A\ndraft: no\ntrainers: [dpo]\ndifficulty: 2\n',
      'title: A\ndraft: true\ntrainers: [dpo]\ndifficulty: 2\n',
    ],
    ['nothing of it stands there: the whole file', '-x: 1\n+x: 2', 'x: 1\n', 'x: 2\n'],
  ])('%s', (_, diff, broken, mended) => {
    expect(applyEdit(edit(diff), valid)).toEqual({ broken, mended });
  });

  test('lines that stand there twice are ambiguous', () => {
    expect(() => applyEdit(edit('-a: 2\n+a: 1'), 'a: 1\na: 1\n')).toThrow('stand there twice');
  });

  test('whole, appended, and over a line that it names', () => {
    expect(applyEdit(edit('-x: 1\n+x: 2', 'append'), valid).mended).toBe(`${valid}\nx: 2\n`);
    expect(applyEdit(edit('-title: B\n+title: A', 'whole'), valid).broken).toBe('title: B\n');
    const over = parseEdit('-title: B\n+title: "B"', { file: 'a.yaml', over: 'title: A' });
    expect(applyEdit(over, valid).mended).toBe('title: "B"\ntrainers: [dpo]\ndifficulty: 2\n');
  });
});
