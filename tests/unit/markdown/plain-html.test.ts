import { expect, test } from 'vitest';
import { plainHtml, plainInline } from '../../../src/markdown/plain-html.ts';

test('Markdown of the generator becomes HTML without a look at the content', () => {
  expect(plainHtml('Of `DPOConfig.betta`.\n\n- one')).toBe(
    '<p>Of <code>DPOConfig.betta</code>.</p>\n<ul>\n<li>one</li>\n</ul>',
  );
});

test('one paragraph can stand in a line', () => {
  expect(plainInline('Read *this*.')).toBe('Read <em>this</em>.');
});
