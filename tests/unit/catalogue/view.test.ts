import { describe, expect, test } from 'vitest';
import {
  type CatalogueView,
  type FilteredItem,
  fits,
  readView,
  toggleCompared,
  writeView,
} from '../../../src/components/catalogue/view.ts';

const common = { priority: 1, memory: 1, difficulty: 1, status: 'documented' as const };
const dpo: FilteredItem = {
  ...common,
  slug: 'dpo',
  name: 'DPO',
  family: 'preference',
  data: 'preference',
  models: 2,
  generates: false,
};
const ppo: FilteredItem = {
  ...dpo,
  slug: 'ppo',
  family: 'rl',
  data: 'prompt-only',
  models: 4,
  generates: true,
};
const rows = [dpo, ppo];
const everything: CatalogueView = { family: '', data: '', models: '', generates: '', order: '', compare: [] };

describe('the address of a view', () => {
  test('is read, and written as it was', () => {
    const query = 'family=rl&data=prompt-only&models=3&generates=yes&order=memory&compare=ppo,dpo';
    expect(readView(`?${query}`, rows)).toEqual({
      family: 'rl',
      data: 'prompt-only',
      models: '3',
      generates: 'yes',
      order: 'memory',
      compare: ['ppo', 'dpo'],
    });
    expect(writeView(readView(`?${query}`, rows))).toBe(query);
  });

  test('is empty for the whole list', () => {
    expect(readView('', rows)).toEqual(everything);
    expect(writeView(everything)).toBe('');
  });

  test('is not trusted: unknown values, repetitions and a fourth trainer are left out', () => {
    const search = '?family=x&data=y&models=9&order=beta&compare=dpo,dpo,nobody,ppo';
    expect(readView(search, rows)).toEqual({ ...everything, compare: ['dpo', 'ppo'] });
  });
});

test.each<[Partial<CatalogueView>, string[]]>([
  [{}, ['dpo', 'ppo']],
  [{ family: 'rl' }, ['ppo']],
  [{ data: 'preference' }, ['dpo']],
  [{ models: '2' }, ['dpo']],
  [{ models: '3' }, ['ppo']],
  [{ generates: 'no' }, ['dpo']],
  [{ family: 'rl', generates: 'no' }, []],
])('%o leaves %j', (given, left) => {
  expect(rows.filter((row) => fits(row, { ...everything, ...given })).map(({ slug }) => slug)).toEqual(left);
});

test('three trainers are compared, and a fourth waits for a place', () => {
  const three = ['dpo', 'ppo', 'kto'];
  expect(toggleCompared(three, 'orpo', true)).toEqual(three);
  expect(toggleCompared(three, 'ppo', false)).toEqual(['dpo', 'kto']);
  expect(toggleCompared(['dpo'], 'kto', true)).toEqual(['dpo', 'kto']);
});
