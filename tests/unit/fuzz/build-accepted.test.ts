import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AstroError } from '../../../src/build/astro.ts';
import { buildAccepted, packAccepted } from '../../../src/fuzz/build-accepted.ts';
import type { FuzzCase } from '../../../src/fuzz/cases.ts';

const work = join(tmpdir(), 'fuzz-accepted');

function fuzzCase(index: number, path: string): FuzzCase {
  return { index, path, bytes: Buffer.from(''), done: [] };
}

const guides = (...indices: number[]) =>
  packAccepted(indices.map((index) => fuzzCase(index, 'reference-guides/dpo-loss.mdx')));

/** Renders all but the cases in `bad`; `said` is what Astro prints then. */
function rendersAllBut(bad: readonly number[], error: (index: number) => Error) {
  const rendered: number[][] = [];
  return {
    rendered,
    render: async (_: string, overlay: ReadonlyMap<string, FuzzCase>) => {
      const indices = [...overlay.values()].map(({ index }) => index);
      const stopped = indices.find((index) => bad.includes(index));
      if (stopped !== undefined) throw error(stopped);
      rendered.push(indices);
    },
  };
}

test('guides and scripts stand side by side, of other files one folder holds one version', () => {
  const cases = [
    fuzzCase(1, 'reference-guides/dpo-loss.mdx'),
    fuzzCase(2, 'reference-guides/dpo-loss.mdx'),
    fuzzCase(3, 'example-scripts/dpo_training.py'),
    fuzzCase(4, 'glossary.yaml'),
    fuzzCase(5, 'glossary.yaml'),
  ];
  expect(packAccepted(cases).map((folder) => [...folder.keys()])).toEqual([
    [
      'reference-guides/fuzz-1.mdx',
      'reference-guides/fuzz-2.mdx',
      'example-scripts/fuzz_3.py',
      'glossary.yaml',
    ],
    ['glossary.yaml'],
  ]);
});

test('what Astro names is a find, and the rest is rendered again', async () => {
  const { render, rendered } = rendersAllBut(
    [2],
    (index) => new AstroError('code 1', `cannot render /guides/fuzz-${index}/`),
  );
  const finds = await buildAccepted('content', guides(1, 2, 3), work, 1000, render);
  expect(finds).toEqual(['case 2 (reference-guides/fuzz-2.mdx): cannot render /guides/fuzz-2/']);
  expect(rendered).toEqual([[], [1, 3]]);
});

test('a case that hangs is found by halves', async () => {
  const { render, rendered } = rendersAllBut([3], () => new AstroError('SIGKILL', ''));
  const finds = await buildAccepted('content', guides(1, 2, 3, 4), work, 1000, render);
  expect(finds).toEqual([
    expect.stringMatching(/^case 3 \(reference-guides\/fuzz-3\.mdx\): longer than \d+ ms to render$/),
  ]);
  expect(rendered.flat().sort()).toEqual([1, 2, 4]);
});

test('valid content that does not render is no find but an end', async () => {
  const render = () => Promise.reject(new AstroError('code 1', 'no theme'));
  await expect(buildAccepted('content', guides(1), work, 1000, render)).rejects.toThrow('astro build ended');
});
