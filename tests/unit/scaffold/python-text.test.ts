import { expect, test } from 'vitest';
import { commentLines, pythonList, pythonLiteral, wrapped } from '../../../src/scaffold/python-text.ts';

test('a call stands on one line where it fits, and else one argument a line', () => {
  expect(pythonList('f(', ['a', 'b=1'], ')')).toEqual(['f(a, b=1)']);
  const long = Array.from({ length: 3 }, (_, index) => `${'x'.repeat(30)}${index}`);
  expect(pythonList('f(', long, ')', 4)).toEqual([
    '    f(',
    ...long.map((item) => `        ${item},`),
    '    )',
  ]);
});

test('a comment among the arguments has a line of its own, without a comma', () => {
  expect(pythonList('f(', ['a', '# TO WRITE: b=…'], ')')).toEqual([
    'f(',
    '    a,',
    '    # TO WRITE: b=…',
    ')',
  ]);
});

test('a literal is quoted as Ruff quotes it', () => {
  expect(["'sigmoid'", '0.1', 'None', `'say "x"'`].map(pythonLiteral)).toEqual([
    '"sigmoid"',
    '0.1',
    'None',
    `'say "x"'`,
  ]);
});

test('lines break at spaces, and never inside a mark', () => {
  expect(wrapped('some words TO WRITE: this', 14)).toEqual(['some words', 'TO WRITE: this']);
  expect(commentLines('a b')).toEqual(['# a b']);
});
