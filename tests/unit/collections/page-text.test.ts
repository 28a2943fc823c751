import { expect, test } from 'vitest';
import { pageText } from '../../../src/collections/page-text.ts';
import { readContent } from '../../../src/collections/read-content.ts';

const source = await readContent('tests/fixtures/content');

test('the text of a page is its body; of a script, its cells', () => {
  const [guide] = source.guides;
  expect(guide && pageText(guide, source)).toBe(guide?.body);
  const [first] = source.scripts;
  if (!first) throw new Error('expected a script');
  const other = { ...first, ref: 'examples/other', cells: [] };
  const text = pageText(first, { ...source, scripts: [other, first] });
  expect(text).toMatch(/^<div class="cell">\n/);
  expect(text).toContain('```python');
  expect(pageText(other, { ...source, scripts: [other, first] })).toBe('');
  // The whole file, with its header, is the body.
  expect(text).not.toContain('# /// script');
});
