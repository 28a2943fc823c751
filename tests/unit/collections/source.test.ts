import { expect, test } from 'vitest';
import { decodeSource, readSource } from '../../../src/collections/source.ts';

const bytes = (...parts: (string | number)[]) =>
  new Uint8Array(
    parts.flatMap((part) => (typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)])),
  );

test('text comes without a byte order mark and with \\n line ends', () => {
  expect(decodeSource(bytes(0xef, 0xbb, 0xbf, 'a\r\nπ\rb\n'), 'a.md')).toEqual({
    text: 'a\nπ\nb\n',
    problems: [],
  });
});

test.each([
  ['a PNG', bytes(0x89, 'PNG\r\n', 0x1a), 1, 1, 'expected UTF-8 text, found the byte 0x89 at byte 0'],
  ['Latin-1', bytes('one\nna', 0xef, 've'), 2, 3, 'expected UTF-8 text, found the byte 0xef at byte 6'],
  ['a cut-off character', bytes('π', 0xcf), 1, 2, 'expected UTF-8 text, found the byte 0xcf at byte 2'],
  [
    'NUL bytes',
    bytes('a\nb', 0, 'c'),
    2,
    2,
    'expected UTF-8 text, found a NUL byte (a binary file?) at byte 3',
  ],
])('%s is not text', (_, content, line, column, message) => {
  expect(decodeSource(content, 'a.mdx').problems).toEqual([
    { code: 'file-not-text', severity: 'error', file: 'a.mdx', line, column, message },
  ]);
});

test.each([
  ['', 'expected content, found no byte'],
  [' \n\t\n', 'expected content, found only white space'],
])('%j is empty', (content, message) => {
  expect(decodeSource(bytes(content), 'a.mdx').problems).toEqual([
    { code: 'file-empty', severity: 'error', file: 'a.mdx', line: 1, column: 1, message },
  ]);
});

test('a file that cannot be read says why, without the path that the place names already', async () => {
  expect(await readSource('/no/such/file.mdx', 'a.mdx')).toEqual({
    problems: [
      {
        ...{ code: 'file-unreadable', severity: 'error', file: 'a.mdx', line: 1, column: 1 },
        message: 'the file cannot be read: ENOENT: no such file or directory',
      },
    ],
  });
  expect((await readSource('/', 'a.mdx')).problems[0]?.message).toBe(
    'the file cannot be read: EISDIR: illegal operation on a directory',
  );
});
