import { expect, test } from 'vitest';
import { splitCells } from '../../../src/collections/cells.ts';

const cellsOf = (...lines: string[]) => splitCells(lines.join('\n'), 'a.py').cells;

test.each([
  ['# %%', { kind: 'code' }],
  ['# %% Load the data', { kind: 'code', title: 'Load the data' }],
  ['# %% [markdown]', { kind: 'markdown' }],
  ['# %% [md]', { kind: 'markdown' }],
  ['# %% Why pairs [markdown]', { kind: 'markdown', title: 'Why pairs' }],
  ['# %% Why [markdown] pairs', { kind: 'markdown', title: 'Why  pairs' }],
  ['# %% [raw] Notes', { kind: 'code', title: 'Notes' }],
  ['# %% rows[markdown]', { kind: 'code', title: 'rows[markdown]' }],
])('the marker `%s` begins a cell', (marker, expected) => {
  expect(cellsOf(marker, '# text')).toEqual([
    { ...expected, text: expected.kind === 'markdown' ? 'text' : '# text', line: 2 },
  ]);
});

test('only a line that begins with `# %%` and ends there or goes on after a space is a marker', () => {
  expect(cellsOf('# %%', 'x = 1  # %% not here', '    # %%', '# %%time', '#%%')).toEqual([
    { kind: 'code', text: 'x = 1  # %% not here\n    # %%\n# %%time\n#%%', line: 2 },
  ]);
});

test('a cell loses the blank lines at its ends, keeps those within, and knows its first line', () => {
  expect(cellsOf('# %%', '', '  ', 'x = 1', '', 'y = 2', '', '\t')).toEqual([
    { kind: 'code', text: 'x = 1\n\ny = 2', line: 4 },
  ]);
});

test('a cell with nothing in it is none', () => {
  expect(cellsOf('# %%', '', '# %% [markdown]', '', '# %%')).toEqual([]);
});

test('Markdown loses one comment sign and one space a line', () => {
  expect(cellsOf('# %% [markdown]', '# # Title', '#', '#   - item', '#tight', '# %%', '# a comment')).toEqual(
    [
      { kind: 'markdown', text: '# Title\n\n  - item\ntight', line: 2 },
      { kind: 'code', text: '# a comment', line: 7 },
    ],
  );
});

test.each([
  ['nothing', [''], false],
  ['comments', ['# one', '   # two'], false],
  ['a docstring', ['"""Trains.', '', 'In two lines."""'], false],
  ['a raw docstring of single quotes, after a comment', ['# c', "r'''Trains.'''"], false],
  ['code after a docstring', ['"""Trains."""', 'import torch'], true],
  ['a string that is no docstring', ['NAME = """x"""'], true],
  ['a string in the middle of a line', ["print('''x''')"], true],
  ['code with a comment behind it', ['x = 1  # one'], true],
])('before the first marker, %s: a cell %s', (_, lines, isCell) => {
  expect(cellsOf(...lines, '# %%')).toHaveLength(isCell ? 1 : 0);
});

test('the lines of the header are in no cell, those beside it are', () => {
  const text = ['import a', '# /// script', 'import never', '# ///', 'import b', '# %%'].join('\n');
  expect(splitCells(text, 'a.py', { startLine: 2, endLine: 4 }).cells).toEqual([
    { kind: 'code', text: 'import a\n\n\n\nimport b', line: 1 },
  ]);
});

test('the cell before and the cell after a Markdown cell keep their comments', () => {
  expect(
    cellsOf('# before', 'x = 1', '# %% [markdown]', '# text', '# %%', '# after').map(({ text }) => text),
  ).toEqual(['# before\nx = 1', 'text', '# after']);
});

test('code in a Markdown cell is one mistake, at its first line, and only there', () => {
  const text = ['x = 0', '# %% [markdown]', '# Text', '', 'first = 1', 'second = 2', '# %%', 'y = 1'].join(
    '\n',
  );
  expect(splitCells(text, 'a.py').problems).toEqual([
    {
      code: 'python-syntax',
      severity: 'error',
      file: 'a.py',
      line: 5,
      column: 1,
      length: 9,
      message: 'expected a comment line in a Markdown cell, found code',
      suggestion: 'begin the code with a `# %%` line',
    },
  ]);
});
