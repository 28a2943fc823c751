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
