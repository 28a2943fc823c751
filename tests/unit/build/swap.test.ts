import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { swapIn } from '../../../src/build/swap.ts';

let dir: string;
const at = (...path: string[]) => join(dir, ...path);

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'swap-'));
  await mkdir(at('dist'));
  await writeFile(at('dist/old.html'), 'old');
  await mkdir(at('built'));
  await writeFile(at('built/new.html'), 'new');
});
afterEach(() => rm(dir, { recursive: true }));

test('the new folder replaces the old one as a whole', async () => {
  await swapIn(at('built'), at('dist'), at('aside'));
  expect(await readdir(dir)).toEqual(['dist']);
  expect(await readdir(at('dist'))).toEqual(['new.html']);
});

test('the first build finds no old folder', async () => {
  await rm(at('dist'), { recursive: true });
  await swapIn(at('built'), at('dist'), at('aside'));
  expect(await readdir(at('dist'))).toEqual(['new.html']);
});

test('when the new folder cannot be moved, the old one stands as before', async () => {
  await expect(swapIn(at('missing'), at('dist'), at('aside'))).rejects.toThrow(`${at('dist')} is as before`);
  expect(await readFile(at('dist/old.html'), 'utf8')).toBe('old');
  expect((await readdir(dir)).sort()).toEqual(['built', 'dist']);
});
