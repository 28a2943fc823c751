import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unified } from '@astrojs/markdown-remark';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ContentSource } from '../../../src/collections/content-source.ts';
import { readContent } from '../../../src/collections/read-content.ts';
import { renderedStore } from '../../../src/kept/rendered-store.ts';
import { createMarkdownContext } from '../../../src/markdown/context.ts';
import { keptProcessor } from '../../../src/markdown/kept-processor.ts';
import { rehypePlugins, remarkPlugins } from '../../../src/markdown/plugins.ts';

let dir: string;
let source: ContentSource;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kept-'));
  source = await readContent('tests/fixtures/content');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** The site's processor over some content, with a count of the texts that went through its plugins. */
function processorOf(content: ContentSource, base = '/') {
  const context = createMarkdownContext(content, { base });
  const seen = { rendered: 0 };
  const counts = () => () => {
    seen.rendered += 1;
  };
  const plain = unified({
    remarkPlugins: [...remarkPlugins(() => context), counts],
    rehypePlugins: rehypePlugins(() => context),
    smartypants: { dashes: false },
  });
  const kept = keptProcessor(plain, () => context, renderedStore(dir, 'generator'));
  return { kept, plain, seen };
}

const text = `
## The loss

The [reference model](glossary:reference-model) is frozen, and $\\beta^2$ is \`DPOConfig.beta\`.

\`\`\`python
beta = 0.1
\`\`\`
`;

const path = join(process.cwd(), 'tests/fixtures/content/reference-guides/dpo-loss.mdx');
const settings = { syntaxHighlight: false } as const;

async function mdx(content: ContentSource, { body = text, base = '/' } = {}) {
  const { kept, seen } = processorOf(content, base);
  const renderer = await kept.createMdxRenderer?.(settings, { optimize: false });
  const result = await renderer?.process(body, path, { title: 'The DPO loss' });
  return { result, rendered: seen.rendered };
}

test('formulas, code and links come from the store, and are what they would be without it', async () => {
  const cold = await mdx(source);
  const warm = await mdx(source);
  expect([cold.rendered, warm.rendered]).toEqual([1, 0]);
  expect(warm.result).toEqual(cold.result);
  const renderer = await processorOf(source).plain.createMdxRenderer?.(settings, { optimize: false });
  const plain = await renderer?.process(text, path, { title: 'The DPO loss' });
  expect(warm.result?.code).toBe(plain?.code);
  expect(plain?.code).toMatch(/katex/);
});

test('Markdown of scripts and records is kept likewise, with its headings', async () => {
  const render = async () => {
    const { kept, seen } = processorOf(source);
    const renderer = await kept.createRenderer(settings);
    return { result: await renderer.render(text), rendered: seen.rendered };
  };
  const [cold, warm] = [await render(), await render()];
  expect([cold.rendered, warm.rendered]).toEqual([1, 0]);
  expect(warm.result).toEqual(cold.result);
  expect(warm.result.metadata.headings).toEqual([{ depth: 2, slug: 'the-loss', text: 'The loss' }]);
});

test.each<[string, (content: ContentSource) => ContentSource]>([
  [
    'the facts',
    (content) => ({ ...content, facts: content.facts.map((facts) => ({ ...facts, trl: '1.17.0' })) }),
  ],
  [
    'a definition',
    (content) => ({ ...content, glossary: content.glossary.map((term) => ({ ...term, term: 'anchor' })) }),
  ],
  ['the registry', (content) => ({ ...content, trainers: content.trainers.slice(1) })],
  ['a distilled file', (content) => ({ ...content, distilled: [] })],
  ['the papers', (content) => ({ ...content, papers: [] })],
])('what changes with %s is rendered anew', async (_, change) => {
  await mdx(source);
  // Whether the page is good under the changed content is another question: only that it is asked counts.
  const again = await mdx(change(source), { body: text }).catch(() => ({ rendered: 1 }));
  expect(again.rendered).toBe(1);
});

test('an edit of another page leaves what is kept, and one of this page or of the base path does not', async () => {
  await mdx(source);
  const edited = {
    ...source,
    guides: source.guides.map((guide) => ({ ...guide, body: `${guide.body} More.` })),
  };
  expect((await mdx(edited)).rendered).toBe(0);
  expect((await mdx(source, { body: `${text}\nMore.\n` })).rendered).toBe(1);
  expect((await mdx(source, { base: '/docs/' })).rendered).toBe(1);
});
