import { expect, test } from 'vitest';
import { activeAfter } from '../../../src/components/search/active-option.ts';
import { groupResults } from '../../../src/components/search/group-results.ts';
import type { PagefindResult } from '../../../src/components/search/pagefind.ts';
import {
  emptyQuery,
  pagefindFilters,
  queryFromUrl,
  queryToUrl,
  toggled,
} from '../../../src/components/search/query.ts';
import { isRelevant } from '../../../src/components/search/relevance.ts';
import { statusText } from '../../../src/components/search/status-text.ts';

const sub = (anchor: string, matches: number) => ({
  url: `/trainers/dpo/#${anchor}`,
  title: `About ${anchor}`,
  excerpt: `the <mark>beta</mark> of ${anchor}`,
  locations: Array.from({ length: matches }, (_, i) => i),
});

test('results of one page form one group, records and best headings among them', () => {
  const results: PagefindResult[] = [
    {
      url: '/trainers/dpo/#DPOConfig.beta',
      excerpt: 'DPOConfig.<mark>beta</mark>. float.',
      meta: { title: 'DPOConfig.beta', page: 'Inside DPO' },
      filters: { kind: ['Config field'] },
    },
    {
      url: '/glossary/#beta',
      excerpt: '<mark>beta</mark>, temperature.',
      meta: { title: 'beta', page: 'Glossary' },
      filters: { kind: ['Glossary term'] },
    },
    {
      url: '/trainers/dpo/',
      excerpt: 'How <mark>beta</mark> works.',
      meta: { title: 'DPO, block by block' },
      filters: { kind: ['Annotated trainer'], trainer: ['DPO'] },
      sub_results: [
        { url: '/trainers/dpo/', title: 'DPO, block by block', excerpt: '', locations: [1] },
        sub('few', 1),
        sub('most', 9),
        sub('fewest', 0),
        sub('many', 4),
      ],
    },
  ];
  expect(groupResults(results)).toEqual([
    {
      url: '/trainers/dpo/',
      title: 'DPO, block by block',
      page: { kind: 'Annotated trainer', excerpt: 'How <mark>beta</mark> works.' },
      places: [
        {
          url: '/trainers/dpo/#DPOConfig.beta',
          title: 'DPOConfig.beta',
          kind: 'Config field',
          excerpt: 'DPOConfig.<mark>beta</mark>. float.',
        },
        { url: '/trainers/dpo/#few', title: 'About few', excerpt: 'the <mark>beta</mark> of few' },
        { url: '/trainers/dpo/#most', title: 'About most', excerpt: 'the <mark>beta</mark> of most' },
        { url: '/trainers/dpo/#many', title: 'About many', excerpt: 'the <mark>beta</mark> of many' },
      ],
    },
    {
      url: '/glossary/',
      title: 'Glossary',
      places: [
        {
          url: '/glossary/#beta',
          title: 'beta',
          kind: 'Glossary term',
          excerpt: '<mark>beta</mark>, temperature.',
        },
      ],
    },
  ]);
});

test('an excerpt that a heading shows is not repeated for the page', () => {
  const [group] = groupResults([
    {
      url: '/a/',
      excerpt: 'same',
      meta: { title: 'A' },
      filters: {},
      sub_results: [{ url: '/a/#b', title: 'B', excerpt: 'same' }],
    },
  ]);
  expect(group).toEqual({
    url: '/a/',
    title: 'A',
    page: { kind: '', excerpt: '' },
    places: [{ url: '/a/#b', title: 'B', excerpt: 'same' }],
  });
});

test('a result whose matches share a single letter with the word is noise', () => {
  const result = (excerpt: string): PagefindResult => ({ url: '/a/', excerpt, meta: {}, filters: {} });
  expect(isRelevant(result('the <mark>Z</mark> of x'), 'zzzz')).toBe(false);
  expect(isRelevant(result('to <mark>train</mark> it'), 'training')).toBe(true);
  expect(isRelevant(result('set <mark>num_generations,</mark>'), 'generations')).toBe(true);
  expect(isRelevant(result('the <mark>KL</mark> term'), 'kl')).toBe(true);
  expect(isRelevant(result('the <mark>hyper-parameters</mark>'), 'hyperparameters')).toBe(true);
  expect(isRelevant(result('a page found by its title'), 'dpo')).toBe(true);
});

test('arrows go round the list, Home and End to its ends, other keys stay with the text', () => {
  expect([
    activeAfter('ArrowDown', 0, 3),
    activeAfter('ArrowDown', 2, 3),
    activeAfter('ArrowDown', -1, 3),
  ]).toEqual([1, 0, 0]);
  expect([activeAfter('ArrowUp', 0, 3), activeAfter('ArrowUp', 2, 3), activeAfter('ArrowUp', -1, 3)]).toEqual(
    [2, 1, 2],
  );
  expect([activeAfter('Home', 2, 3), activeAfter('End', 0, 3), activeAfter('a', 0, 3)]).toEqual([
    0,
    2,
    undefined,
  ]);
  expect(activeAfter('ArrowDown', -1, 0)).toBeUndefined();
});

test('a query survives its address', () => {
  const query = {
    text: 'KL & beta',
    filters: { kind: ['Config field'], trainer: ['DPO', 'KTO'], family: [] },
  };
  expect(queryToUrl(query)).toBe('?q=KL+%26+beta&kind=Config+field&trainer=DPO&trainer=KTO');
  expect(queryFromUrl(queryToUrl(query))).toEqual(query);
  expect(queryToUrl(emptyQuery)).toBe('');
  expect(queryFromUrl('?utm_source=x')).toEqual(emptyQuery);
});

test('a chip switches its value on and off; values of one filter are alternatives', () => {
  const both = toggled(toggled(emptyQuery, 'trainer', 'DPO'), 'trainer', 'KTO');
  expect(pagefindFilters(both)).toEqual({ trainer: { any: ['DPO', 'KTO'] } });
  expect(pagefindFilters(toggled(both, 'trainer', 'DPO'))).toEqual({ trainer: { any: ['KTO'] } });
  expect(pagefindFilters(emptyQuery)).toEqual({});
});

test('every state is one sentence', () => {
  const query = { ...emptyQuery, text: 'beta' };
  const group = { url: '/a/', title: 'A', places: [] };
  const whole = { more: false, complete: true, corrected: [] };
  const corrected = [{ from: 'gpro', to: 'grpo' }];
  expect([
    statusText({ name: 'idle', counts: {} }),
    statusText({ name: 'loading' }),
    statusText({ name: 'missing' }),
    statusText({ name: 'none', query, counts: {} }),
    statusText({ name: 'none', query: toggled(query, 'kind', 'Page'), counts: {} }),
    statusText({ name: 'found', query, counts: {}, total: 1, groups: [group], ...whole }),
    statusText({ name: 'found', query, counts: {}, total: 30, groups: [group, group], ...whole, more: true }),
    statusText({ name: 'found', query, counts: {}, total: 1, groups: [group], ...whole, corrected }),
  ]).toEqual([
    'Type to search pages, config fields and glossary terms.',
    'Loading the search index…',
    'There is no search index here.',
    'Nothing found for “beta”.',
    'Nothing found for “beta” with these filters.',
    '1 result for “beta”, on 1 page.',
    '30 results for “beta”.',
    '1 result for “beta”, on 1 page. “gpro” was read as “grpo”.',
  ]);
});
