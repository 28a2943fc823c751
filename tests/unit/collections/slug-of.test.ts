import { expect, test } from 'vitest';
import { slugOf } from '../../../src/collections/slug-of.ts';

test.each([
  ['What beta does', 'what-beta-does'],
  ['  What β does — to ∇θ & friends?  ', 'what-beta-does-to-theta-and-friends'],
  ['Über Größe, naïve façade', 'uber-grosse-naive-facade'],
  ["DPO's loss isn't a mystery", 'dpos-loss-isnt-a-mystery'],
  ['GRPO vs. RLOO: 10% better?', 'grpo-vs-rloo-10-percent-better'],
  ['../../etc/passwd', 'etc-passwd'],
  ['A_b.c', 'a-b-c'],
  ['ＦＵＬＬ　ｗｉｄｔｈ', 'full-width'],
  ['Łódź', 'lodz'],
  ['如何训练', ''],
  ['— … —', ''],
  ['Index', 'index-page'],
  ['CON', 'con-page'],
])('%s is %s', (title, slug) => {
  expect(slugOf(title)).toBe(slug);
});

test('a long title is cut between words, a long word within', () => {
  expect(slugOf('one two three four five six seven eight nine ten eleven twelve thirteen')).toBe(
    'one-two-three-four-five-six-seven-eight-nine-ten-eleven',
  );
  expect(slugOf('x'.repeat(100))).toBe('x'.repeat(60));
});
