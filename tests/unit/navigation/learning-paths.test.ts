import { expect, test } from 'vitest';
import { learningPathSchema } from '../../../src/collections/learning-path.ts';
import { duration } from '../../../src/navigation/duration.ts';
import { pathViews, placesOf, type StepPage } from '../../../src/navigation/learning-paths.ts';

const path = (slug: string, ...refs: string[]) =>
  learningPathSchema.parse({
    slug,
    name: slug.toUpperCase(),
    title: `The path ${slug}`,
    order: 1,
    for_whom: 'Somebody who wants it.',
    audience: 'Somebody.',
    outcome: 'Something.',
    steps: refs.map((ref) => ({
      [ref.includes('/') ? 'entry' : 'page']: ref,
      why: 'Now.',
      checkpoint: { question: 'Why?', answer: 'So.' },
    })),
  });
const page = (ref: string, minutes: number): StepPage => ({
  ref,
  href: `/docs/${ref}/`,
  title: ref,
  kind: 'Page',
  minutes,
  family: undefined,
});
const pages = new Map(
  [page('glossary', 12), page('trainers/ppo', 30), page('trainers/grpo', 40)].map((each) => [each.ref, each]),
);
const paths = pathViews(
  [path('rl', 'glossary', 'trainers/ppo', 'trainers/gone', 'trainers/grpo'), path('short', 'trainers/ppo')],
  (ref) => pages.get(ref),
  (address) => `/docs${address}`,
);

test('a path has its pages with their addresses in it, and their minutes together', () => {
  const [rl] = paths;
  expect(rl).toMatchObject({ href: '/docs/paths/rl/', minutes: 82 });
  expect(rl?.steps.map(({ number, href }) => [number, href])).toEqual([
    [1, '/docs/glossary/?path=rl'],
    [2, '/docs/trainers/ppo/?path=rl'],
    [3, '/docs/trainers/grpo/?path=rl'],
  ]);
});

test('a page knows its place in each path that it belongs to', () => {
  const places = placesOf('trainers/ppo', paths).map(({ path, step, previous, next }) => [
    path.slug,
    previous?.ref,
    step.number,
    next?.ref,
  ]);
  expect(places).toEqual([
    ['rl', 'glossary', 2, 'trainers/grpo'],
    ['short', undefined, 1, undefined],
  ]);
  expect(placesOf('trainers/grpo', paths).map(({ next }) => next)).toEqual([undefined]);
  expect(placesOf('trainers/sft', paths)).toEqual([]);
});

test.each([
  [45, '45 min'],
  [60, '1 h'],
  [137, '2 h 17 min'],
])('%i minutes are planned as %s', (minutes, text) => {
  expect(duration(minutes)).toBe(text);
});
