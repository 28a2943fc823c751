import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { markdownTwin } from '../../../src/markdown-twin/twin.ts';
import { pageOf, site } from './fixture-site.ts';

const fixtures = 'tests/fixtures/markdown-twin';
const annotated = (body: string) => markdownTwin(pageOf(['annotated-trainers', 'dpo'], body), site);
/** What stands between the head and the list of papers. */
const text = (body: string) =>
  annotated(body)
    .split(/\n(?=\n## Start)/)[1]
    ?.split('\n## Papers')[0]
    ?.split('\n---\n')[0]
    ?.trim();

test('a page with every component becomes Markdown that stands alone', async () => {
  const twin = annotated(readFileSync(`${fixtures}/annotated.mdx`, 'utf8'));
  await expect(twin).toMatchFileSnapshot(`../../../${fixtures}/annotated.md`);
});

test('a component on one line is what it is on several', () => {
  expect(text('## Start\n\n<Note>Short.</Note>')).toBe('## Start\n\n> **Note.** Short.');
});

test('a component that nobody told of is named with its address, and keeps what is in it', () => {
  expect(text('## Start\n\n<KlExplorer>\n\nMove the slider.\n\n</KlExplorer>')).toBe(
    '## Start\n\nMove the slider.\n\n*Interactive figure: [Kl explorer](https://example.org/docs/trainers/dpo/).*',
  );
});

test('a bar inside a formula does not end the cell of a table', () => {
  const table = text(
    '## Start\n\n<ConfigFields config="DPOConfig">\n\n- `beta`: $|a|$, $\\|b\\|$ and `c|d`.\n\n</ConfigFields>',
  );
  expect(table).toContain('| $\\vert{}a\\vert{}$, $\\Vert{}b\\Vert{}$ and `c\\|d`. |');
});

test('the head says what is stale, and why', () => {
  const twin = annotated('## Start');
  expect(twin).toContain(
    '- **Verified**: Stale: 1 of 1 checks ran before something changed; 2026-01-02; run `npm run verify -- --write`',
  );
  expect(twin).toContain(
    'stale: Distilled DPO equals DPOTrainer, 12 of 12 held, TRL 1.16.0, 2026-01-02, `content/distilled/dpo.py` changed',
  );
});

test('a script is its files, its cells and what they printed', () => {
  const twin = markdownTwin(pageOf(['example-scripts', 'train']), site);
  expect(twin).toContain('```shell\nuv run train.py --tiny\n```');
  expect(twin).toContain('[train.ipynb](https://example.org/docs/examples/train.ipynb)');
  expect(twin).toContain('\nText.\n');
});
