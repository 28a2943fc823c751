import { expect, test } from 'vitest';
import { parsePython } from '../../../src/checks/content/python-tree.ts';

test('calls come with their keywords, nested ones too; starred arguments are none', () => {
  const { calls } = parsePython('c = trl.DPOConfig(1, beta=0.1, *a, **kw, peft=LoraConfig(r=8))\n');
  expect(calls.map(({ name, keywords }) => [name, keywords.map((each) => each.name)])).toEqual([
    ['DPOConfig', ['beta', 'peft']],
    ['LoraConfig', ['r']],
  ]);
});

test('imports come with their module, bound names include classes and assignments', () => {
  const { imports, bound } = parsePython(
    'from trl.x import (A as B,\n  C)\nimport os\nclass K(C): ...\nT = C\n',
  );
  expect(imports.map(({ name, module }) => [module, name])).toEqual([
    ['trl.x', 'A'],
    ['trl.x', 'C'],
  ]);
  expect(bound).toEqual(['K', 'T']);
});

test.each([
  ['x = (1,\n', 4, '`(` is never closed'],
  ['if x:\ny = 1\n', 6, '`y` is not expected here'],
  ['for x in y:\n', 12, 'something is missing here'],
  ['x = "abc\ny = 1\n', 4, 'the string has no closing quote'],
  ["x = f'''abc\n", 4, 'the string has no closing quote'],
  [
    'if x:\n    y = 1\n  z = 2\n',
    18,
    'expected no indentation before this statement, as before the first one of its block, found 2 spaces',
  ],
  [
    'if x:\n\ty = 1\n        z = 2\n',
    21,
    'expected 1 tab before this statement, as before the first one of its block, found 8 spaces',
  ],
  ['print "a"\n', 0, 'print is a function: it needs parentheses'],
])('%j does not parse', (text, from, message) => {
  expect(parsePython(text).error).toMatchObject({ from, message });
});

test.each([
  'def f():\n    yield\n',
  'if x: a = 1; b = 2\nelse:\n    # a comment\n\n    c = (1,\n  2)\n',
  '@a\nclass B:\n\tx = 1\n\n\tasync def f(self):\n\t\tawait g()\n',
  'with (\n    open(a) as b,\n    open(c) as d,\n):\n    pass\n',
  'x = [a for a, *b in c]\n',
  "x = r'''a''' + \"\" + 'it\\'s'\n",
  'a = [1., 2., -3.e5, 1.j, x * 1. / 2]\n',
  'with (\n    a(),\n):\n    pass\n',
  'match x:\n    case Expr() | torch.Tensor() as y:\n        pass\n',
  'with a() as (b, c), d() as (\n    e,\n):\n    pass\n',
  'y = tuple(a for a, *_ in b)\nfor a, *b in c:\n    pass\n',
  'match x:\n    case [1, *_]:\n        pass\n',
])('%j parses', (text) => {
  expect(parsePython(text).error).toBeUndefined();
});
