import type { Root } from 'mdast';
import { VFile } from 'vfile';
import { describe, expect, test } from 'vitest';
import { parse } from '../../../src/markdown/parse.ts';
import { previewsOf } from '../../../src/previews/address.ts';
import { entryPreviews } from '../../../src/previews/entry-previews.ts';
import { firstSentence } from '../../../src/previews/first-sentence.ts';
import { inlineHtml } from '../../../src/previews/inline-html.ts';
import { cataloguePreviews, glossaryPreviews } from '../../../src/previews/record-previews.ts';
import { pageOf, site } from '../markdown-twin/fixture-site.ts';

const inline = (markdown: string) => {
  const tree: Root = parse(new VFile(markdown), 'md');
  const [paragraph] = tree.children;
  return paragraph?.type === 'paragraph' ? paragraph.children : [];
};
const sentence = (markdown: string) => inlineHtml(firstSentence(inline(markdown)), site.context);

describe('the first sentence', () => {
  test.each([
    ['One. Two.', 'One.'],
    ['In TRL 1.16.0 it is `0.1`. More.', 'In TRL 1.16.0 it is <code>0.1</code>.'],
    ['Why? Because.', 'Why?'],
    ['No end, and *emphasis*', 'No end, and <em>emphasis</em>'],
    ['**How.** By a mean. More.', 'By a mean.'],
    ['**All equal.** Every advantage is 0. More.', '<strong>All equal.</strong> Every advantage is 0.'],
    ['*One that ends here.* Two.', '<em>One that ends here.</em>'],
  ])('of %j is %j', (markdown, html) => expect(sentence(markdown)).toBe(html));
});

test('text of a preview has no links, and formulas that say themselves in words', () => {
  const html = inlineHtml(inline('A [link to `b`](/x/) & $\\pi_{\\mathrm{ref}}$.'), site.context);
  expect(html).toMatch(/^A link to <code>b<\/code> &#x26; <span data-tex="pi_ref"><span class="katex"/);
  expect(html).not.toContain('<annotation');
});

test('a page has previews of itself, its headings, regions, fields and papers', () => {
  const body = [
    '## The loss\n\nWhat is paid. More.',
    '### A list\n\n- First item. More.\n',
    '#### Too deep\n\n##### Deeper\n\nText.',
    '## A region\n\n<Region name="log-ratio">\n\n**What.** A ratio. More.\n\n1. The mask.\n2. The product.\n\n</Region>',
    '## Config\n\n<ConfigFields config="DPOConfig">\n\n- `beta`: How $z$ is scaled [@2305.18290].\n- `loss_type`: Which.\n\n</ConfigFields>\n\n<ConfigRest config="DPOConfig" />',
  ].join('\n\n');
  const headings = ['The loss', 'A list', 'Too deep', 'Deeper', 'A region', 'Config'].map((text, index) => ({
    depth: [2, 3, 4, 5, 2, 2][index] ?? 2,
    slug: text.toLowerCase().replaceAll(' ', '-'),
    text,
  }));
  const found = entryPreviews(pageOf(['annotated-trainers', 'dpo'], body), headings, site);
  expect(found['']).toEqual({
    kind: 'Annotated trainer · 3 min',
    title: 'Trainer page',
    text: 'What does it show? A page of the fixtures, long enough to be a summary.',
  });
  expect(found['the-loss']).toEqual({ kind: 'Trainer page', title: 'The loss', text: 'What is paid.' });
  expect(found['a-list']?.text).toBe('First item.');
  expect(found['too-deep']?.text).toBe('');
  expect(found.deeper).toBeUndefined();
  expect(found['region-log-ratio']).toEqual({
    kind: 'Code and its explanation',
    title: '<code>log-ratio</code>',
    text: 'A ratio.',
  });
  expect(found['DPOConfig.beta']?.kind).toBe('Config field, TRL 1.16.0');
  expect(found['DPOConfig.beta']?.text).toMatch(/^Default <code>0\.1<\/code>\. How <span data-tex="z">/);
  expect(found['DPOConfig.num_train_epochs']?.text).toBe(
    'Default <code>3.0</code>. Inherited from <code>TrainingArguments</code>.',
  );
  expect(found.DPOConfig?.text).toBe('6 fields of its own, 5 inherited, in TRL 1.16.0.');
  expect(found['paper-2305.18290']?.text).toBe('DPO, 2023. arxiv.org/abs/2305.18290');
});

test('the glossary and the catalogue have previews of their entries', () => {
  expect(glossaryPreviews(site)['reference-model']).toEqual({
    kind: 'Glossary term',
    title: 'reference model',
    text: 'The frozen copy that the policy is compared with.',
  });
  expect(cataloguePreviews(site).ppo?.kind).toBe('Trainer, removed in 1.13.0');
});

describe('the address of previews', () => {
  test.each([
    ['/docs/trainers/dpo/', '/docs/trainers/dpo/previews.json'],
    ['/docs/trainers/', '/docs/trainers/previews.json'],
    ['/docs/glossary/', '/docs/glossary/previews.json'],
    ['/docs/examples/lab.py', undefined],
    ['/docs/status/', undefined],
    ['/trainers/dpo/', undefined],
  ])('of %s is %s', (path, address) => expect(previewsOf(path, '/docs/')).toBe(address));
});
