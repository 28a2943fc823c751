import { expect, test } from 'vitest';
import { llmsFull, llmsIndex } from '../../../src/share/llms.ts';

const head = { title: 'Site', summary: 'What it\nis.', details: 'How to read it.' };

test('an index is a title, a quoted summary, a paragraph, and lists of links', () => {
  const links = [{ title: 'A [b]', url: 'https://example.org/a/index.md', note: 'Guide. What\nA is.' }];
  expect(
    llmsIndex(head, [
      { title: 'Guides', links },
      { title: 'Empty', links: [] },
    ]),
  ).toBe(
    [
      '# Site',
      '',
      '> What it is.',
      '',
      'How to read it.',
      '',
      '## Guides',
      '',
      '- [A \\[b\\]](https://example.org/a/index.md): Guide. What A is.',
      '',
    ].join('\n'),
  );
});

test('the full text has each page below its address', () => {
  const texts = [
    { url: 'https://example.org/a/', markdown: '# A\n\nText.\n' },
    { url: 'https://example.org/b/', markdown: '# B\n' },
  ];
  expect(llmsFull(head, texts)).toBe(
    '# Site\n\n> What it is.\n\nHow to read it.\n\n---\n\nSource: <https://example.org/a/>\n\n# A\n\nText.\n\n---\n\nSource: <https://example.org/b/>\n\n# B\n',
  );
});
