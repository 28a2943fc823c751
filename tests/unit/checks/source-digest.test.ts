import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rememberDigest, rememberedDigest, sourceDigest } from '../../../src/checks/tools/source-digest.ts';

let root: string;
const write = async (file: string, text: string) => {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), text);
};

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sources-'));
  await write('src/a.ts', 'export {};');
});
afterEach(() => rm(root, { recursive: true }));

test.each([
  ['src/a.ts', 'export const a = 1;'],
  ['src/pages/new.astro', '<p />'],
  ['tests/unit/a.test.ts', ''],
  ['tsconfig.json', '{}'],
  ['package-lock.json', '{}'],
])('a change of %s changes the digest', async (file, text) => {
  const before = await sourceDigest(root);
  await write(file, text);
  expect(await sourceDigest(root)).not.toBe(before);
});

test.each(['content/a.mdx', 'tests/fixtures/a.ts', 'src/styles/a.css'])(
  '%s is no source of types',
  async (file) => {
    const before = await sourceDigest(root);
    await write(file, 'text');
    expect(await sourceDigest(root)).toBe(before);
  },
);

test('a digest is remembered from run to run', async () => {
  const cache = join(root, '.cache/digest');
  expect(await rememberedDigest(cache)).toBeUndefined();
  await rememberDigest(cache, 'abc');
  expect(await rememberedDigest(cache)).toBe('abc');
});
