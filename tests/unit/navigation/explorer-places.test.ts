import { expect, test } from 'vitest';
import { readContent } from '../../../src/collections/read-content.ts';
import { explorers } from '../../../src/explorers/registry.ts';
import { placedExplorers } from '../../../src/navigation/explorer-places.ts';

const page = (name: string, body: string) => ({ href: `/guides/${name}/`, body });

test('an explorer stands on every page that places it, with or without a start', () => {
  const pages = [
    page('ppo', 'Text.\n\n<Explorer name="clipping" start="show=both" />\n\n<Explorer name="gae" />'),
    page('grpo', '<Explorer start="show=push" name="clipping" />'),
    page('dpo', 'name="gae" alone is no component, nor is <Explorers name="gae" />.'),
  ];
  const placed = placedExplorers(pages);
  expect(placed.map(({ record, places }) => [record.name, ...places.map(({ href }) => href)])).toEqual([
    ['clipping', '/guides/ppo/#explorer-clipping', '/guides/grpo/#explorer-clipping'],
    ['gae', '/guides/ppo/#explorer-gae'],
  ]);
});

test('every explorer of the registry stands somewhere', async () => {
  const { guides, annotated } = await readContent('content');
  const entries = [...guides, ...annotated].map(({ ref, body }) => ({ href: `/${ref}/`, body }));
  const placed = new Set(placedExplorers(entries).map(({ record }) => record.name));
  expect(explorers.map(({ name }) => name).filter((name) => !placed.has(name))).toEqual([]);
});
