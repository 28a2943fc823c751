import { describe, expect, test } from 'vitest';
import { canonical, canonicalWords, otherSpelling } from '../../../src/search/canonical.ts';
import { interpret, mended } from '../../../src/search/interpret.ts';
import type { Lexicon } from '../../../src/search/lexicon.ts';
import { nearestWord, slipsBetween } from '../../../src/search/nearest-word.ts';

const lexicon: Lexicon = {
  trainers: [
    { slug: 'dpo', name: 'DPO', documented: true, names: ['dpo', 'dpotrainer', 'dpoconfig'] },
    { slug: 'grpo', name: 'GRPO', documented: true, names: ['grpo', 'grpotrainer', 'grpoconfig'] },
    { slug: 'orpo', name: 'ORPO', documented: true, names: ['orpo', 'orpotrainer'] },
    { slug: 'gkd', name: 'GKD', documented: false, names: ['gkd'] },
  ],
  words: [
    'beta',
    'direct',
    'dpo',
    'gkd',
    'grpo',
    'num_generations',
    'optimization',
    'orpo',
    'preference',
    'top',
  ],
};
const read = (text: string) => interpret(text, lexicon);

test.each([
  ['β', 'beta'],
  ['π_ref', 'pi_ref'],
  ['Is β (temperature) 0.1?', 'is beta temperature 0.1'],
  ['DPOConfig.beta', 'dpoconfig.beta'],
  ['on-policy', 'on policy'],
  ['Bradley–Terry', 'bradley terry'],
  ['  ', ''],
])('%j is compared as %j', (text, words) => {
  expect(canonical(text)).toBe(words);
});

test.each([
  ['optimisation', 'optimization'],
  ['normalized', 'normalised'],
  ['modelling', 'modeling'],
  ['behaviour', 'behavior'],
  ['gradient', undefined],
  ['loss', undefined],
])('%s is spelt %s elsewhere', (word, other) => {
  expect(otherSpelling(word)).toBe(other);
});

test('letters added, left out, changed and swapped are one slip each', () => {
  expect(slipsBetween('gpro', 'grpo')).toBe(1);
  expect(slipsBetween('rlo', 'rloo')).toBe(1);
  expect(slipsBetween('dpp', 'dpo')).toBe(1);
  expect(slipsBetween('dpoo', 'dpo')).toBe(1);
  expect(slipsBetween('grpotrianer', 'grpotrainer')).toBe(1);
  expect(slipsBetween('', 'abc')).toBe(3);
  expect(slipsBetween('kto', 'ppo')).toBe(2);
});

test('the nearest word is not further than asked, and the first of equals', () => {
  expect(nearestWord('dop', ['ppo', 'dpo', 'dpa'], 1)).toBe('dpo');
  expect(nearestWord('dpx', ['dpo', 'dpa'], 1)).toBe('dpo');
  expect(nearestWord('reward', ['dpo', 'dpa'], 1)).toBeUndefined();
});

describe('a query', () => {
  test('loses the words that only make it a sentence', () => {
    expect(read('What does beta do in DPO?').terms).toEqual(['beta', 'dpo']);
    expect(read('what is it').terms).toEqual(['what', 'is', 'it']);
  });

  test('is read as the trainer that was meant', () => {
    expect(read('gpro')).toMatchObject({ terms: ['grpo'], corrected: [{ from: 'gpro', to: 'grpo' }] });
    expect(read('GRPOTrianer').terms).toEqual(['grpotrainer']);
  });

  test('keeps words that the site knows, or that begin such a word', () => {
    expect(read('top').corrected).toEqual([]); // one slip from "dpo" for nobody
    expect(read('grp')).toMatchObject({ terms: ['grp'], corrected: [] }); // still being typed
  });

  test('compares trainers only when it says so, and only documented ones', () => {
    expect(read('dpo vs. ORPO').compared).toEqual(['dpo', 'orpo']);
    expect(read('difference between grpo and dpo').compared).toEqual(['grpo', 'dpo']);
    expect(read('dpo orpo').compared).toEqual([]);
    expect(read('dpo vs gkd').compared).toEqual([]);
    expect(read('dpo vs dpo').compared).toEqual([]);
  });

  test('is read in two words when the site knows both', () => {
    expect(read('directpreference')).toMatchObject({ terms: ['direct', 'preference'], corrected: [] });
    expect(read('directly').terms).toEqual(['directly']);
  });

  test('brings the other spelling along', () => {
    expect(read('direct preference optimisation').respelt).toEqual(['direct', 'preference', 'optimization']);
    expect(read('beta').respelt).toBeUndefined();
  });
});

test('a query that found nothing is mended word by word', () => {
  expect(mended(['direct', 'prefrence', 'optimizaton'], lexicon)).toEqual([
    { from: 'prefrence', to: 'preference' },
    { from: 'optimizaton', to: 'optimization' },
  ]);
  expect(mended(['zzyzx'], lexicon)).toEqual([]);
});

test('words keep what belongs to a name', () => {
  expect(canonicalWords('trl.experimental.ppo, num_generations=8')).toEqual([
    'trl.experimental.ppo',
    'num_generations',
    '8',
  ]);
});
