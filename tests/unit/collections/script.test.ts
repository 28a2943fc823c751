import { expect, test } from 'vitest';
import { parseScript, scriptMarkdown } from '../../../src/collections/script.ts';

const script = `# /// script
# requires-python = ">=3.10"
# dependencies = ["trl==1.16.0"]
#
# [tool.tutorial]
# title = "Train with DPO"
# question = "What does a run look like?"
# summary = "A small model learns from pairs."
# trainers = ["dpo"]
# difficulty = 2
# covers = ["training"]
# [tool.tutorial.bugs]
# swapped = "the margin falls"
# ///
"""Train with DPO."""

# %% [markdown]
# # Settings
#
# $\\beta$ is *small*.

# %% The config
config = 1

# %%
print("\`\`\`")
`;

test('a script is its header and its cells; header and docstring are in no cell', () => {
  const { header, cells, problems } = parseScript(script, 'dpo.py');
  expect(problems).toEqual([]);
  expect(header?.dependencies).toEqual(['trl==1.16.0']);
  expect(header?.tool.tutorial).toMatchObject({
    title: 'Train with DPO',
    bugs: { swapped: 'the margin falls' },
    verified: true,
  });
  expect(cells).toEqual([
    { kind: 'markdown', text: '# Settings\n\n$\\beta$ is *small*.', line: 18 },
    { kind: 'code', text: 'config = 1', line: 23, title: 'The config' },
    { kind: 'code', text: 'print("```")', line: 26 },
  ]);
});

test('as Markdown, each Markdown cell stands beside the code cells after it', () => {
  expect(scriptMarkdown(parseScript(script, 'dpo.py'))).toBe(`<div class="cell">
<div class="cell-prose">

# Settings

$\\beta$ is *small*.

</div>
<div class="cell-code">

\`\`\`python title="The config"
config = 1
\`\`\`

\`\`\`\`python
print("\`\`\`")
\`\`\`\`

</div>
</div>
`);
});

test('code before the first marker is a cell without prose', () => {
  const cells = parseScript('import os\n\n# %% [markdown] First words\n# Text\n', 'a.py').cells;
  expect(cells).toEqual([
    { kind: 'code', text: 'import os', line: 1 },
    { kind: 'markdown', text: 'Text', line: 4, title: 'First words' },
  ]);
  expect(scriptMarkdown({ cells })).toBe(
    '<div class="cell">\n<div class="cell-code">\n\n```python\nimport os\n```\n\n</div>\n</div>\n\n' +
      '<div class="cell">\n<div class="cell-prose">\n\nText\n\n</div>\n</div>\n',
  );
});

const header = (toml: string) => `#!/usr/bin/env python\n# /// script\n${toml}\n# ///\n`;
const valid = '# requires-python = ">=3.10"\n# dependencies = ["trl"]\n# [tool.tutorial]';

test.each([
  ['no header', 'x = 1', ['script-header-missing', 1, 1, undefined]],
  [
    'a header almost right',
    'x = 1\n#/// script\n# ///',
    ['script-header-missing', 2, 1, 'write exactly `# /// script`'],
  ],
  [
    'a header that does not close',
    '# /// script\n# a = 1\nx = 1\n# ///',
    ['script-header-syntax', 3, 1, 'close the block of line 1 with `# ///`'],
  ],
  ['two headers', `${script}\n# /// script\n# ///\n`, ['script-header-syntax', 28, 1, undefined]],
  ['an open string', header('# a = "b'), ['script-header-syntax', 3, 7, undefined]],
  ['a key twice', header('# a = 1\n#\n# a = 2'), ['script-header-syntax', 5, 3, undefined]],
  [
    'code in a Markdown cell',
    `${script}# %% [markdown]\n# Text\nx = 1\n`,
    ['python-syntax', 29, 1, 'begin the code with a `# %%` line'],
  ],
])('%s is told where it stands', (_, text, expected) => {
  const { problems } = parseScript(text, 'a.py');
  expect(problems.map(({ code, line, column, suggestion }) => [code, line, column, suggestion])).toEqual([
    expected,
  ]);
});

test('a field of the wrong type is told at its value, on its own line of a list', () => {
  const toml = `${valid}
# title = "Train"
# question = "What?  Why?"
# summary = """
# A small model
# difficulty = 3
# """
# trainers = [
#   "dpo", # the method
#   "Not a slug",
# ]
# difficulty = 5
# covers = ["training"]
# bugs = { swapped = 3 }`;
  const { problems } = parseScript(header(toml), 'a.py');
  expect(problems.map(({ code, line, column, message }) => [code, line, column, message])).toEqual([
    [
      'script-header-field',
      14,
      5,
      '`tool.tutorial.trainers[1]`: expected lower-case words joined by hyphens, found "Not a slug"',
    ],
    ['script-header-field', 16, 16, '`tool.tutorial.difficulty`: expected at most 4, found 5'],
    ['script-header-field', 18, 22, '`tool.tutorial.bugs.swapped`: expected text, found 3'],
  ]);
});

test('a missing table is told at the head of the block', () => {
  const { problems } = parseScript(header('# requires-python = ">=3.10"\n# dependencies = ["trl"]'), 'a.py');
  expect(problems.map(({ line, message }) => [line, message])).toEqual([
    [2, '`tool` is missing: expected a mapping'],
  ]);
});

test('what a cell printed stands under it, and under no other', () => {
  const cells = parseScript('# %%\nx = 1\n\n# %% Say "it"\nprint(x)\n# %%\ny = 2', 'a.py').cells;
  const output = [
    { line: 5, text: '1\n' },
    { line: 6, text: 'not of the second' },
    { line: 7, text: 'y\n```\n' },
  ];
  expect(scriptMarkdown({ cells }, output)).toBe(`<div class="cell">
<div class="cell-code">

\`\`\`python
x = 1
\`\`\`

\`\`\`python title="Say 'it'"
print(x)
\`\`\`

\`\`\`output
1
\`\`\`

\`\`\`python
y = 2
\`\`\`

\`\`\`\`output
y
\`\`\`
\`\`\`\`

</div>
</div>
`);
});

test('each Markdown cell begins a group of its own', () => {
  const { cells } = parseScript('# %% [md]\n# A\n# %% [md]\n# B\n# %%\nx = 1\n# %%\ny = 1', 'a.py');
  expect(scriptMarkdown({ cells }).match(/cell-prose|cell-code|```python/g)).toEqual([
    'cell-prose',
    'cell-prose',
    'cell-code',
    '```python',
    '```python',
  ]);
});
