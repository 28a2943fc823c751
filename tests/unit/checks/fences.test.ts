import { expect, test } from 'vitest';
import { pythonFences } from '../../../src/checks/content/fences.ts';

test('Python fences come with the line of their first character and their indent', () => {
  const markdown = `Text

\`\`\`python title="unchecked="
a = 1
\`\`\`

- item
  ~~~~python {1} norun="needs a GPU"
  if a:
      b = "~~~"
  ~~~
  ~~~~
`;
  expect(pythonFences(markdown)).toEqual([
    { text: 'a = 1', line: 4, indent: 0 },
    { text: 'if a:\n    b = "~~~"\n~~~', line: 9, indent: 2 },
  ]);
});

test.each([
  ['an unchecked fence', '```python unchecked="wrong on purpose"\nDPOConfig(x=1)\n```'],
  ['another language', '```pythonic\na\n```\n```output\nb\n```'],
  ['a comment of MDX', '{/*\n```python\na\n```\n*/}'],
  ['inline code', '```python``` is a word'],
  ['a fence in a longer fence', '````md\n```python\na\n```\n````'],
])('%s is none', (_, markdown) => {
  expect(pythonFences(markdown)).toEqual([]);
});
