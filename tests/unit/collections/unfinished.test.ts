import { expect, test } from 'vitest';
import { toWrite, unfinishedMarks } from '../../../src/collections/unfinished.ts';

test('a mark is found in prose, in a comment and in a value, with what is to be written', () => {
  const text = [
    '# TO WRITE: what the page covers.',
    `title: ${JSON.stringify(toWrite('a title'))}`,
    '**TO WRITE: the purpose.**',
    'BUGS = []  # TO WRITE: failures',
    '{/* TO WRITE: the picture */}',
    '| TO WRITE: one | TO WRITE |',
    'x = "TO WRITE: (a) word")]}  ',
  ].join('\n');
  expect(unfinishedMarks(text)).toEqual([
    { line: 1, column: 3, what: 'what the page covers.' },
    { line: 2, column: 9, what: 'a title' },
    { line: 3, column: 3, what: 'the purpose.' },
    { line: 4, column: 14, what: 'failures' },
    { line: 5, column: 5, what: 'the picture' },
    { line: 6, column: 3, what: 'one' },
    { line: 6, column: 19, what: '' },
    { line: 7, column: 6, what: '(a) word' },
  ]);
});

test('the words in a sentence are no mark', () => {
  expect(unfinishedMarks('Code to write. To write: code. TO WRITER, NOTO WRITE')).toEqual([]);
});
