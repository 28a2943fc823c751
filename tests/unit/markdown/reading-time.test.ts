import { expect, test } from 'vitest';
import { readingTime } from '../../../src/markdown/reading-time.ts';

test('prose counts as words; tags, comments, imports and addresses do not', () => {
  const mdx = `import X from './x.ts'

{/* left out */} <Note title="three words here">Two words</Note> and [a link](/guides/dpo-loss/#the-anchor).
`;
  expect(readingTime(mdx)).toEqual({ words: 5, codeLines: 0, minutes: 1 });
});

test('a page of 2,000 words takes ten minutes', () => {
  expect(readingTime('word '.repeat(2000))).toEqual({ words: 2000, codeLines: 0, minutes: 10 });
});

test('code counts by line, blank lines not, and not as words', () => {
  const fence = `\`\`\`python title="x"\n${'a = 1\n\n'.repeat(40)}\`\`\`\n`;
  expect(readingTime(fence)).toEqual({ words: 0, codeLines: 40, minutes: 2 });
});

test('code that the page shows from another file counts too', () => {
  expect(readingTime('', 60)).toEqual({ words: 0, codeLines: 60, minutes: 3 });
});

test('eight displayed formulas take two minutes; inline ones read as words', () => {
  expect(readingTime('$$\n\\frac{a}{b}\n$$\n'.repeat(8))).toEqual({ words: 0, codeLines: 0, minutes: 2 });
  expect(readingTime('so $x$ is')).toEqual({ words: 3, codeLines: 0, minutes: 1 });
  expect(readingTime('of $y_{<t}$ the rest, <b>bold</b>').words).toBe(5);
});

test('a fence may be indented, of tildes, or hold shorter fences; its info string is no prose', () => {
  expect(readingTime('  ~~~python title="Three words here"\n  a = 1\n  ~~~\n')).toMatchObject({
    words: 0,
    codeLines: 1,
  });
  expect(readingTime('````text\n```\na\n```\n````  \nafter')).toMatchObject({ words: 1, codeLines: 3 });
  expect(readingTime('before\n```\na\n```\nbetween\n```\nb\n```\n')).toMatchObject({
    words: 2,
    codeLines: 2,
  });
  expect(readingTime('one ``` two\n```\nnever closed\n')).toMatchObject({ words: 4, codeLines: 0 });
});

test('what readers do not see as words does not part or join any', () => {
  expect(readingTime('one$$x$$two').words).toBe(2);
  expect(readingTime('one<br/>two').words).toBe(2);
  expect(readingTime('one{/* x */}two<!-- y\nz -->three').words).toBe(3);
  expect(readingTime('[one](/a/)two').words).toBe(2);
  expect(readingTime('one\n```\nx\n```\ntwo').words).toBe(2);
});

test.each([
  ['a > b < c', 3],
  ['<a title="x > y" href=\'z > w\'>one</a> two', 2],
  ['$5\nand 6$', 3],
  ['import of an import is no import', 0],
  ['of an import', 3],
  ['export const x = 1\ntwo words', 2],
  ['don’t e.g. log_probs α-β 3.14', 5],
  ['— … ??', 0],
])('%j has %i words', (text, words) => {
  expect(readingTime(text).words).toBe(words);
});

test('minutes of words, code and formulas add up, and are rounded once', () => {
  expect(readingTime(`${'word '.repeat(100)}\n$$x$$\n`, 10).minutes).toBe(1);
  expect(readingTime(`${'word '.repeat(150)}\n$$x$$\n`, 10).minutes).toBe(2);
});
