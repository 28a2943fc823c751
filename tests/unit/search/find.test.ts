import { expect, test } from 'vitest';
import { comparison } from '../../../src/components/search/comparison.ts';
import { find } from '../../../src/components/search/find.ts';
import { namedFirst } from '../../../src/components/search/named-first.ts';
import type { PagefindAnswer, PagefindResult } from '../../../src/components/search/pagefind.ts';

/** Pagefind's answers by what it is asked: ids with scores. */
function searching(answers: Record<string, [id: string, score: number][]>) {
  const asked: string[] = [];
  const search = async (term: string | null): Promise<PagefindAnswer> => {
    asked.push(term ?? '');
    const found = answers[term ?? ''] ?? [];
    const data = async (): Promise<PagefindResult> => ({ url: '/', excerpt: '', meta: {}, filters: {} });
    return {
      results: found.map(([id, score]) => ({ id, score, data })),
      totalFilters: { kind: { Page: found.length } },
    };
  };
  return { asked, pagefind: { search } };
}

const ranked = async (answers: Parameters<typeof searching>[0], terms: string[], respelt?: string[]) => {
  const { asked, pagefind } = searching(answers);
  const { hits, counts } = await find(pagefind, respelt ? { terms, respelt } : { terms }, {});
  return { asked, ids: hits.map(({ id }) => id), counts };
};

test('what has every term comes before what lacks one, unless it fits much better', async () => {
  const { asked, ids, counts } = await ranked(
    {
      'both rewards fall': [['long page', 5]],
      'both rewards': [
        ['near', 9],
        ['record', 40],
      ],
      'rewards fall': [['near', 8]],
    },
    ['both', 'rewards', 'fall'],
  );
  expect(asked).toEqual(['both rewards fall', 'rewards fall', 'both fall', 'both rewards']);
  expect(ids).toEqual(['record', 'long page', 'near']);
  expect(counts).toEqual({ kind: { Page: 1 } });
});

test('two terms are asked for together only', async () => {
  expect((await ranked({}, ['length', 'bias'])).asked).toEqual(['length bias']);
});

test('the other spelling counts as much', async () => {
  const { asked, ids } = await ranked(
    {
      optimisation: [['a', 1]],
      optimization: [
        ['b', 2],
        ['a', 3],
      ],
    },
    ['optimisation'],
    ['optimization'],
  );
  expect(asked).toEqual(['optimisation', 'optimization']);
  expect(ids).toEqual(['a', 'b']);
});

const lexicon = {
  trainers: [
    { slug: 'sft', name: 'SFT', documented: true, names: ['sft'] },
    { slug: 'dpo', name: 'DPO', documented: true, names: ['dpo'] },
  ],
  words: [],
};

test('what bears the name comes first: fields before terms, the trainer documented first before others', () => {
  const result = (
    url: string,
    kind: string,
    trainer: string,
    meta: Record<string, string>,
  ): PagefindResult => ({
    url,
    excerpt: '',
    meta,
    filters: { kind: [kind], trainer: [trainer] },
  });
  const results = [
    result('page', 'Annotated trainer', 'DPO', { title: 'DPO', names: 'DPO | DPOTrainer' }),
    result('term', 'Glossary term', '', { title: 'Packing', names: 'sample packing' }),
    result('dpo', 'Config field', 'DPO', { title: 'DPOConfig.packing', names: 'packing' }),
    result('sft', 'Config field', 'SFT', { title: 'SFTConfig.packing', names: 'packing' }),
    result('change', 'Change in TRL', 'SFT', { title: 'packing removed', exactly: 'packing' }),
  ];
  expect(namedFirst(results, ['Packing'], lexicon).map(({ url }) => url)).toEqual([
    'sft',
    'dpo',
    'term',
    'change',
    'page',
  ]);
  expect(namedFirst(results, ['pack'], lexicon)).toEqual(results);
});

test('a name with every word of the query comes before a text about it', () => {
  const result = (url: string, title: string): PagefindResult => ({
    url,
    excerpt: '',
    meta: { title },
    filters: { kind: ['Question'] },
  });
  const results = [
    result('near', 'The loss stands at 0.693'),
    result('all', 'The loss is 0. Is it training?'),
  ];
  expect(namedFirst(results, ['loss 0'], lexicon).map(({ url }) => url)).toEqual(['all', 'near']);
});

test('two trainers that a query compares lead to the catalogue', () => {
  expect(comparison(['dpo', 'sft'], lexicon, '/docs/')).toMatchObject([
    { url: '/docs/trainers/?compare=dpo,sft', title: 'DPO and SFT side by side' },
  ]);
  expect(comparison(['dpo'], lexicon, '/')).toEqual([]);
});
