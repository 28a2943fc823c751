import { expect, test } from 'vitest';
import { readContent } from '../../../src/collections/read-content.ts';
import { explorers } from '../../../src/explorers/registry.ts';
import { placedExplorers } from '../../../src/navigation/explorer-places.ts';

const page = (name: string, body: string) => ({ title: name, href: `/guides/${name}/`, body });

test('an explorer stands on every page that places it, and on the page of the site that its record names', () => {
  const pages = [
    page('ppo', 'Text.\n\n<Explorer name="clipping" start="show=both" />\n\n<Explorer name="gae" />'),
    page('grpo', '<Explorer start="show=push" name="clipping" />'),
    page('dpo', 'name="gae" alone is no component, nor is <Explorers name="gae" />.'),
  ];
  const places = (sitePage: Parameters<typeof placedExplorers>[1]) =>
    placedExplorers(pages, sitePage).map(({ record, places }) => [
      record.name,
      ...places.map(({ href }) => href),
    ]);
  const clipping = ['clipping', '/guides/ppo/#explorer-clipping', '/guides/grpo/#explorer-clipping'];
  const gae = ['gae', '/guides/ppo/#explorer-gae'];
  expect(places(() => undefined)).toEqual([clipping, gae]);
  expect(places((name) => ({ title: name, href: `/${name}/` }))).toEqual([
    clipping,
    gae,
    ['memory', '/choose/#explorer-memory'],
  ]);
});

test('every explorer of the registry stands somewhere', async () => {
  const { guides, annotated } = await readContent('content');
  const entries = [...guides, ...annotated].map(({ ref, data, body }) => ({
    href: `/${ref}/`,
    title: data.title,
    body,
  }));
  const placed = placedExplorers(entries, (name) => ({ title: name, href: `/${name}/` }));
  const missing = explorers.filter(({ name }) => !placed.some(({ record }) => record.name === name));
  expect(missing.map(({ name }) => name)).toEqual([]);
});
