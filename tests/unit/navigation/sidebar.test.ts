import { expect, test } from 'vitest';
import { neighbours, readingOrder } from '../../../src/navigation/neighbours.ts';
import { excerptAround, sidebar } from '../../../src/navigation/sidebar.ts';
import { page, trainer } from './trainers.ts';

const trainers = [
  trainer('sft', 'supervised', 1),
  trainer('dpo', 'preference', 2),
  trainer('kto', 'preference', 3),
];
const annotated = page('trainers/dpo', 'annotated', ['dpo']);
const guide = page('guides/dpo-loss', 'guide', ['dpo']);
const shared = page('guides/rlhf-and-dpo', 'guide', ['dpo', 'kto']);
const script = page('examples/dpo-training', 'script', ['dpo']);
const general = page('guides/padding', 'guide', []);
const tree = sidebar(trainers, [script, general, shared, guide, annotated]);

const refs = tree.groups.map(({ family, trainers }) => ({
  family,
  trainers: trainers.map(({ trainer, pages }) => [trainer.slug, pages.map(({ ref }) => ref)]),
}));

test('groups trainers by family, keeps undocumented ones, and puts a shared guide under both trainers', () => {
  expect(refs).toEqual([
    { family: 'supervised', trainers: [['sft', []]] },
    {
      family: 'preference',
      trainers: [
        ['dpo', ['guides/dpo-loss', 'guides/rlhf-and-dpo', 'trainers/dpo', 'examples/dpo-training']],
        ['kto', ['guides/rlhf-and-dpo']],
      ],
    },
  ]);
  expect(tree.general).toEqual([general]);
});

test('the reading order names each page once, general pages last', () => {
  expect(readingOrder(tree)).toEqual([guide, shared, annotated, script, general]);
});

test('neighbours are the pages before and after, and none beyond the ends', () => {
  expect(neighbours(tree, 'trainers/dpo')).toEqual({ previous: shared, next: script });
  expect(neighbours(tree, 'guides/dpo-loss')).toEqual({ previous: undefined, next: shared });
  expect(neighbours(tree, 'guides/padding')).toEqual({ previous: script, next: undefined });
  expect(neighbours(tree, 'guides/nowhere')).toEqual({ previous: undefined, next: undefined });
});

test('a page that names more than three trainers surveys them: it stands beside their sets', () => {
  const survey = page('guides/choosing', 'guide', ['sft', 'dpo', 'kto', 'orpo']);
  const found = sidebar(trainers, [survey, guide]);
  expect(found.general).toEqual([survey]);
  expect(found.groups.flatMap(({ trainers }) => trainers.flatMap(({ pages }) => pages))).toEqual([guide]);
});

test('a long list is shown around the current page, at either end from that end', () => {
  const many = Array.from({ length: 40 }, (_, at) => page(`guides/${at}`, 'guide', ['dpo']));
  const numbers = (current: string) =>
    excerptAround(many, current).shown.map(({ ref }) => Number(ref.split('/')[1]));
  expect(numbers('guides/20')).toEqual(Array.from({ length: 16 }, (_, at) => 12 + at));
  expect(numbers('guides/1')[0]).toBe(0);
  expect(numbers('guides/39').at(-1)).toBe(39);
  expect(numbers('trainers/sft')[0]).toBe(0);
  expect(excerptAround(many, 'guides/20').more).toBe(24);
  expect(excerptAround(many.slice(0, 16), 'guides/3')).toEqual({ shown: many.slice(0, 16), more: 0 });
});
