import { expect, test } from 'vitest';
import { checkSite } from '../../../src/checks/dist/index.ts';
import { sourcePlaces } from '../../../src/checks/dist/source-places.ts';
import type { SourceEntry } from '../../../src/collections/content-source.ts';
import { readContent } from '../../../src/collections/read-content.ts';
import { html, siteOf } from './site.ts';

const text = `---
title: x
---

See [the gradient](#gradients), [the trainer](/trainers/nobody/#loss) and [a picture][p].

![elsewhere](https://cdn.test/a.png) and <a href="/files/none.pdf">raw</a>.

[p]: /figures/none.svg
`;
const file = 'content/reference-guides/x.mdx';

/** The places of addresses of the guide `x`, whose file holds `text`. */
async function placesOfGuide() {
  const empty = await readContent('tests/fixtures/content');
  const [guide] = empty.guides;
  if (!guide) throw new Error('the fixtures have no guide');
  const entry: SourceEntry<typeof guide.data> = { ...guide, ref: 'guides/x', id: 'x', file };
  const source = { ...empty, guides: [entry], texts: new Map([[file, text]]) };
  return sourcePlaces(source, '/base/', 'https://site.test');
}

test.each([
  ['an anchor of the page', '#gradients', 5, 20, 10],
  ['with the base that the build put before it', '/base/trainers/nobody/#loss', 5, 47, 22],
  ['whole, as a Markdown twin has it', 'https://site.test/base/trainers/nobody/#loss', 5, 47, 22],
  ['an image of another host', 'https://cdn.test/a.png', 7, 14, 22],
  ['an attribute', '/base/files/none.pdf', 7, 51, 15],
  ['a definition', '/base/figures/none.svg', 9, 6, 17],
])('%s', async (_, href, line, column, length) => {
  const place = await placesOfGuide();
  expect(place('/guides/x/', href)).toEqual({ file, line, column, length });
  expect(text.split('\n')[line - 1]?.slice(column - 1, column - 1 + length)).toBe(
    href.replace(/^https:\/\/site\.test/, '').replace('/base', ''),
  );
});

test('an address that no author wrote, and a page that no author wrote, have no place', async () => {
  const place = await placesOfGuide();
  expect(place('/guides/x/', '/base/glossary/#nobody')).toBeUndefined();
  expect(place('/glossary/', '#gradients')).toBeUndefined();
});

test('a mistake is told in the author’s file, once for a page and its twin', async () => {
  const sourceOf = await placesOfGuide();
  const context = siteOf({
    'guides/x/index.html': html(
      '<h1>X</h1><a href="/base/trainers/nobody/#loss">a</a><img src="https://cdn.test/a.png" alt="">',
      'guides/x/',
    ),
    'guides/x/index.md': '[a](https://site.test/base/trainers/nobody/#loss)\n',
  });
  const found = checkSite({ ...context, sourceOf }, '0.16.25');
  expect(found.map(({ code, file: where, line, column }) => [code, where, line, column])).toEqual([
    ['link-broken', file, 5, 47],
    ['third-party', file, 7, 14],
  ]);
});
