import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { corpus, writeCorpus } from '../../../src/bench/corpus.ts';
import { checkContent } from '../../../src/checks/content/index.ts';
import { readContent } from '../../../src/collections/read-content.ts';

test('the same seed gives the same pages, and another gives others', () => {
  expect(corpus(8, 1)).toEqual(corpus(8, 1));
  expect(corpus(8, 2)).not.toEqual(corpus(8, 1));
  // A larger corpus begins with the smaller one, so that sizes are compared over the same pages.
  expect(corpus(12, 1).slice(0, 8)).toEqual(corpus(8, 1));
});

test('each entry has ten formulas and code, and formulas hardly repeat', () => {
  const files = corpus(40, 1);
  const formulas = files.map(({ text }) =>
    [...text.replaceAll(/^# ?/gm, '').matchAll(/\$\$\n.+\n\$\$|\$[^$\n]+\$/g)].map(([formula]) => formula),
  );
  expect(new Set(formulas.map((each) => each.length))).toEqual(new Set([10]));
  const all = formulas.flat();
  expect(new Set(all).size).toBeGreaterThan(all.length * 0.98);
  for (const { path, text } of files) expect([path, text.match(/^def /gm)?.length]).toEqual([path, 5]);
  expect(files.filter(({ path }) => path.endsWith('.py'))).toHaveLength(10);
});

test('the check finds no error in it', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'corpus-'));
  try {
    await writeCorpus(join(dir, 'content'), 'tests/fixtures/content', corpus(60, 3));
    const source = await readContent(join(dir, 'content'));
    expect(source.guides.length + source.scripts.length).toBeGreaterThan(60);
    expect(checkContent(source, '/').filter(({ severity }) => severity === 'error')).toEqual([]);
  } finally {
    await rm(dir, { recursive: true });
  }
});
