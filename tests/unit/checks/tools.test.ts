import { expect, test } from 'vitest';
import { parseBiome } from '../../../src/checks/tools/biome.ts';
import { parseRuff } from '../../../src/checks/tools/ruff.ts';
import { parseTypes } from '../../../src/checks/tools/types.ts';

test('a Biome report: errors and warnings, without its notes', () => {
  const range = (from: number, to: number) => ({
    start: { line: 2, column: from },
    end: { line: 2, column: to },
  });
  const report = {
    source: { name: 'Biome' },
    diagnostics: [
      {
        code: { value: 'lint/suspicious/noExplicitAny' },
        location: { path: 'src/a.ts', range: range(10, 13) },
        message: 'Unexpected any.',
        severity: 'ERROR',
      },
      {
        code: { value: 'format' },
        location: { path: 'src/b.ts' },
        message: 'Would reformat.',
        severity: 'WARNING',
      },
      { message: 'A note.', severity: 'INFO' },
    ],
  };
  expect(parseBiome(JSON.stringify(report))).toEqual([
    {
      code: 'biome',
      severity: 'error',
      file: 'src/a.ts',
      line: 2,
      column: 10,
      length: 3,
      message: 'noExplicitAny: Unexpected any.',
    },
    {
      code: 'biome',
      severity: 'warning',
      file: 'src/b.ts',
      line: 1,
      column: 1,
      length: 1,
      message: 'format: Would reformat.',
    },
  ]);
});

test('a Ruff report, with paths relative to the working directory', () => {
  const found = {
    code: 'F401',
    filename: `${process.cwd()}/src/python/a.py`,
    location: { row: 2, column: 8 },
    end_location: { row: 2, column: 10 },
    message: '`os` imported but unused',
  };
  expect(parseRuff(JSON.stringify([found]))).toEqual([
    {
      code: 'ruff',
      severity: 'error',
      file: 'src/python/a.py',
      line: 2,
      column: 8,
      length: 2,
      message: 'F401: `os` imported but unused',
    },
  ]);
});

test('a report of astro check, through its colours', () => {
  const report =
    'Getting diagnostics…\n\u001b[96msrc/a.ts\u001b[0m:\u001b[93m3\u001b[0m:\u001b[93m31\u001b[0m - ' +
    "\u001b[91merror\u001b[0m\u001b[90m ts(2307): \u001b[0mCannot find module 'x'.\n\n3 import 'x';\n" +
    '\u001b[96msrc/b.astro\u001b[0m:1:2 - warning ts(6133): unused\n';
  expect(parseTypes(report)).toEqual([
    {
      code: 'types',
      severity: 'error',
      file: 'src/a.ts',
      line: 3,
      column: 31,
      message: "ts(2307): Cannot find module 'x'.",
    },
    {
      code: 'types',
      severity: 'warning',
      file: 'src/b.astro',
      line: 1,
      column: 2,
      message: 'ts(6133): unused',
    },
  ]);
});

test.each([parseBiome, parseRuff])('%o: what is no report is told apart from an empty one', (parse) => {
  expect(parse('panicked at src/main.rs')).toBeUndefined();
});
