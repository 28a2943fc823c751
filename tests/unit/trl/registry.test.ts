import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readContent } from '../../../src/collections/read-content.ts';
import { createTrlIndex } from '../../../src/trl/index.ts';

const { facts, trainers } = await readContent(join(import.meta.dirname, '../../../content'));
const trl = createTrlIndex(facts, trainers);

test('every trainer of the registry resolves in the release that its record names', () => {
  const found = trainers.map((trainer) => [trainer.slug, trl.resolve(trainer.class)] as const);
  expect(
    found.map(([slug, symbol]) => [slug, Reflect.get(symbol, 'trl'), Reflect.get(symbol, 'trainer')]),
  ).toEqual(trainers.map(({ slug, facts: release }) => [slug, release, slug]));
});

test('every trainer and its config accept arguments that the facts name', () => {
  const unknown = trainers.flatMap((trainer) =>
    [trainer.class, trainer.config].filter((name) => (trl.callable(name)?.length ?? 0) < 5),
  );
  expect(unknown).toEqual([]);
});
