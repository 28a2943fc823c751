import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ContentSource } from '../../../src/collections/content-source.ts';
import { readContent } from '../../../src/collections/read-content.ts';
import { type RenderedStore, renderedStore } from '../../../src/kept/rendered-store.ts';
import { createMarkdownContext } from '../../../src/markdown/context.ts';
import { createRenderer } from '../../../src/markdown/renderer.ts';

let dir: string;
let source: ContentSource;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kept-'));
  source = await readContent('tests/fixtures/content');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const text = `
## The loss

The [reference model](glossary:reference-model) is frozen, and $\\beta^2$ is \`DPOConfig.beta\` [@2305.18290].

\`\`\`python
beta = 0.1
\`\`\`
`;

const path = join(process.cwd(), 'tests/fixtures/content/reference-guides/dpo-loss.mdx');

/** Renders with the store; says whether it had to be made. */
async function kept(
  content: ContentSource,
  { body = text, base = '/', file = path }: { body?: string; base?: string; file?: string | null } = {},
) {
  const store = renderedStore(dir, 'generator');
  let made = 0;
  const counting: RenderedStore = {
    ...store,
    kept: (from, schema, make) =>
      store.kept(from, schema, () => {
        made += 1;
        return make();
      }),
  };
  const renderer = createRenderer(createMarkdownContext(content, { base }), counting);
  return { result: await renderer.render(body, file ?? undefined), made };
}

test('formulas, code and links come from the store, and are what they would be without it', async () => {
  const [cold, warm] = [await kept(source), await kept(source)];
  expect([cold.made, warm.made]).toEqual([1, 0]);
  const plain = await createRenderer(createMarkdownContext(source, { base: '/' })).render(text, path);
  expect(warm.result).toEqual(plain);
  expect(plain.headings).toEqual([{ depth: 2, slug: 'the-loss', text: 'The loss' }]);
  expect(plain.cited).toEqual(['2305.18290']);
  expect(plain.parts.join('')).toMatch(/katex-mathml[\s\S]*tk-number/);
});

test('Markdown of records is kept likewise, apart from that of pages', async () => {
  const [cold, warm] = [await kept(source, { file: null }), await kept(source, { file: null })];
  expect([cold.made, warm.made]).toEqual([1, 0]);
  expect(warm.result).toEqual(cold.result);
  expect((await kept(source)).made).toBe(1);
});

test('components stand between HTML that they may cut in two; comments vanish', async () => {
  const body = `
Before.

<Question ask="Why?" thread="trl#1">
  Because of $x$, says <kbd className="key">Esc</kbd>.

  <Note>
    Inside.
  </Note>
</Question>

- A list {/* nobody sees this */}

  <Warning title="Here">In an item.</Warning>

- goes on.
`;
  const { result } = await kept(source, { body });
  const [before, question, between, warning, after] = result.parts;
  expect(result.parts).toHaveLength(5);
  expect(before).toBe('<p>Before.</p>\n');
  expect(question).toMatchObject({ name: 'Question', attributes: { ask: 'Why?', thread: 'trl#1' } });
  const inside = typeof question === 'object' ? question.children : [];
  expect(inside[0]).toContain('<kbd class="key">Esc</kbd>');
  expect(inside[1]).toEqual({ name: 'Note', attributes: {}, children: ['<p>Inside.</p>'] });
  expect(between).toBe('\n<ul>\n<li>\n<p>A list </p>\n');
  expect(warning).toMatchObject({ name: 'Warning', attributes: { title: 'Here' } });
  expect(after).toMatch(/^\n<\/li>\n<li>\n<p>goes on\.<\/p>\n<\/li>\n<\/ul>\s*$/);
});

test('plain HTML is the same in Markdown, whose braces are text', async () => {
  const body = 'A {set} with <span class="label">a label</span> -- and `--tiny`, "quoted".\n';
  const { result } = await kept(source, { body, file: path.replace(/mdx$/, 'md') });
  expect(result.parts).toEqual([
    '<p>A {set} with <span class="label">a label</span> -- and <code class="short">--tiny</code>, “quoted”.</p>',
  ]);
});

test('a picture beside the page becomes a component with the path of its file; others stay', async () => {
  const body =
    '![Pairs](./two%20pairs.png "Of two")\n\n![Logo](/figures/logo.svg)\n\n![Far](https://x.example/a.png)\n';
  const renderer = createRenderer({
    ...createMarkdownContext(source, { base: '/docs/' }),
    exists: () => true,
  });
  const { parts } = await renderer.render(body, relative(process.cwd(), path));
  expect(parts[1]).toEqual({
    name: 'Picture',
    attributes: {
      file: 'tests/fixtures/content/reference-guides/two pairs.png',
      alt: 'Pairs',
      title: 'Of two',
    },
    children: [],
  });
  expect(parts[2]).toContain('<img src="/docs/figures/logo.svg" alt="Logo">');
  expect(parts[2]).toContain('<img src="https://x.example/a.png" alt="Far">');
});

test('a text with mistakes is refused with all of them', async () => {
  const rendering = kept(source, { body: '`DPOConfig.betta`\n\n[x](glossary:nothing)' });
  await expect(rendering).rejects.toThrow(/symbol-unknown[\s\S]*glossary/);
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
  await kept(source);
  // Whether the page is good under the changed content is another question: only that it is asked counts.
  const again = await kept(change(source)).catch(() => ({ made: 1 }));
  expect(again.made).toBe(1);
});

test('an edit of another page leaves what is kept, and one of this page or of the base path does not', async () => {
  await kept(source);
  const edited = {
    ...source,
    guides: source.guides.map((guide) => ({ ...guide, body: `${guide.body} More.` })),
  };
  expect((await kept(edited)).made).toBe(0);
  expect((await kept(source, { body: `${text}\nMore.\n` })).made).toBe(1);
  expect((await kept(source, { base: '/docs/' })).made).toBe(1);
});
