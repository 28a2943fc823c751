import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explorerNamed, explorers } from '../../../src/explorers/registry.ts';

test('names and prefixes are unique, and no prefix begins another', () => {
  const names = explorers.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, prefix } of explorers) {
    expect(prefix).toMatch(/^[a-z]+\.$/);
    expect(explorers.filter((other) => other.name !== name && other.prefix === prefix)).toEqual([]);
  }
});

test.each(explorers)('$name has a figure, an element, and a question', ({ name, question }) => {
  const folder = `src/components/explorers/${name}`;
  expect(
    [`${folder}/Figure.astro`, `${folder}/${name}.client.ts`].filter((file) => !existsSync(file)),
  ).toEqual([]);
  expect(question).toMatch(/\?$/);
});

test('a start is held against the parameters', () => {
  const mistakes = explorerNamed('preference-losses')?.mistakes;
  expect(mistakes?.('losses=kto.sigmoid&beta=0.5')).toEqual([]);
  expect(mistakes?.('')).toEqual([]);
  expect(mistakes?.('losses=sigmod')).toEqual([
    expect.objectContaining({ suggestion: 'did you mean `sigmoid`?' }),
  ]);
  expect(mistakes?.('clip.eps=1&loss.beta=0', 'loss.')).toEqual([
    { message: 'expected a number from 0.01 to 10 as `loss.beta`, found `0`', suggestion: undefined },
  ]);
});
