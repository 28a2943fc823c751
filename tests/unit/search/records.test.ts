import { expect, test } from 'vitest';
import { glossaryTermSchema } from '../../../src/collections/glossary-term.ts';
import { errorRecords } from '../../../src/search/error-records.ts';
import { filterMetas, filterValues } from '../../../src/search/filters.ts';
import { placeRecords } from '../../../src/search/place-records.ts';
import { plainMarkdown, plainTex } from '../../../src/search/plain-tex.ts';
import { glossaryRecords } from '../../../src/search/records.ts';
import { trainer } from '../coverage/evidence.ts';

test.each([
  ['\\pi_{\\mathrm{ref}}', 'pi_ref'],
  ['y_w', 'y_w'],
  ['\\pi_\\theta(y \\mid x)', 'pi_theta (y | x)'],
  ['\\frac{a}{b}', 'a/b'],
  ['\\log\\frac{\\pi_{\\theta}(y)}{\\pi_{\\mathrm{ref}}(y)}', 'log pi_theta (y)/pi_ref(y)'],
  ['y=(y_1,\\dots,y_{|y|})', 'y=(y_1, ... ,y_|y|)'],
  ['\\mathcal{L}_{\\mathrm{DPO}}', 'L_DPO'],
])('%s is searched as %s', (tex, words) => {
  expect(plainTex(tex)).toBe(words);
});

test('a definition loses its marks, its addresses and its TeX', () => {
  expect(plainMarkdown('The `policy` $\\pi_\\theta$ of [DPO](/guides/dpo-loss/), see [@2305.18290].')).toBe(
    'The policy pi_theta of DPO, see .',
  );
});

test('a glossary term is found by its name, its symbol in words and its other spellings', () => {
  const term = glossaryTermSchema.parse({
    id: 'reference-model',
    term: 'reference model',
    symbol: '\\pi_{\\mathrm{ref}}',
    plain: ['ref model', 'anchor'],
    definition: 'The frozen model $\\pi_{\\mathrm{ref}}$.',
  });
  expect(glossaryRecords([term])).toEqual([
    {
      url: '/glossary/#reference-model',
      title: 'reference model',
      page: 'Glossary',
      kind: 'Glossary term',
      content: 'reference model, pi_ref, ref model, anchor. The frozen model pi_ref.',
      names: ['reference model', 'pi_ref', 'ref model', 'anchor'],
    },
  ]);
});

test('an error is found by its code and its cause', () => {
  expect(errorRecords().find(({ title }) => title === 'region-long')).toEqual({
    url: '/errors/region-long/',
    title: 'region-long',
    page: 'Errors',
    kind: 'Page',
    content: 'region-long. A region is longer than 25 lines.',
    names: [],
    exactly: ['region-long'],
  });
});

test('each row of a config table becomes a record that lands on the row', () => {
  const html = `<main><h1>Inside DPO</h1><table>
    <tr id="DPOConfig.beta"><td><code>beta</code></td><td><code>float</code></td><td>0.1</td>
      <td>Strength of the <em>pull</em> <span class="katex">\\beta</span>.</td></tr>
    <tr id="not-a-field"><td>x</td></tr></table></main>`;
  expect(placeRecords(html, '/trainers/dpo/', [trainer('dpo'), trainer('sft')])).toEqual([
    {
      url: '/trainers/dpo/#DPOConfig.beta',
      title: 'DPOConfig.beta',
      page: 'Inside DPO',
      kind: 'Config field',
      trainers: ['DPO'],
      families: ['preference'],
      content: 'DPOConfig.beta. beta. float. 0.1. Strength of the pull .. DPO',
      names: [],
      exactly: ['beta', 'DPOConfig.beta', 'DPO beta'],
    },
  ]);
});

test('the filters of a page, as tags of its head and as a record', () => {
  const guide = {
    kind: 'Reference guide',
    trainers: ['DPO', 'PPO'],
    families: ['preference', 'preference'],
  } as const;
  expect(filterMetas(guide)).toEqual([
    { name: 'search-kind', content: 'Reference guide', filter: 'kind[content]' },
    { name: 'search-trainer', content: 'DPO', filter: 'trainer[content]' },
    { name: 'search-trainer', content: 'PPO', filter: 'trainer[content]' },
    { name: 'search-family', content: 'Preference', filter: 'family[content]' },
  ]);
  expect(filterValues({ kind: 'Page' })).toEqual({ kind: ['Page'] });
});

test('questions, failure modes and changes of TRL become records of the page’s trainer', () => {
  const html = `<head><meta name="search-trainer" content="DPO"></head><main><h1>DPO</h1>
    <details class="question"><summary>Is the run broken?</summary>
      <div class="answered" id="is-the-run-broken"><p>No.</p></div></details>
    <table><tr id="failure-both-fall"><td>both fall</td><td>rewards/chosen below 0</td><td>rate</td><td>less</td></tr></table>
    <table><tr id="change-DPOConfig.rpo_alpha"><th><code data-symbol="DPOConfig.rpo_alpha">rpo_alpha</code> removed</th>
      <td>0.29.0</td><td>Use loss_weights.</td></tr></table></main>`;
  const common = { page: 'DPO', trainers: ['DPO'], families: ['preference'] };
  expect(placeRecords(html, '/trainers/dpo/', [trainer('dpo'), trainer('sft')])).toEqual([
    {
      ...common,
      url: '/trainers/dpo/#is-the-run-broken',
      title: 'Is the run broken?',
      kind: 'Question',
      content: 'Is the run broken? No.',
      names: ['Is the run broken?'],
    },
    {
      ...common,
      url: '/trainers/dpo/#failure-both-fall',
      title: 'both fall',
      kind: 'Failure mode',
      content: 'both fall. rewards/chosen below 0. rate. less',
      names: ['both fall'],
    },
    {
      ...common,
      url: '/trainers/dpo/#change-DPOConfig.rpo_alpha',
      title: 'rpo_alpha removed',
      kind: 'Change in TRL',
      content: 'rpo_alpha removed. Since TRL 0.29.0. Use loss_weights.',
      names: [],
      exactly: ['DPOConfig.rpo_alpha', 'rpo_alpha'],
    },
  ]);
});
