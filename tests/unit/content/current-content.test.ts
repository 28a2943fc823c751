import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentReader } from '../../../src/collections/current-content.ts';

let dir = '';
const paper = (short: string) =>
  writeFile(
    join(dir, 'papers.yaml'),
    `- { id: "2305.18290", title: A paper, short: ${short}, year: 2023 }\n`,
  );

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'content-'));
  await paper('DPO');
});
afterAll(() => rm(dir, { recursive: true }));

test('reads an unchanged folder once, and a changed one again', async () => {
  const read = contentReader(dir);
  const first = await read();
  expect(first.papers.map(({ short }) => short)).toEqual(['DPO']);
  expect(await read()).toBe(first);

  await paper('Direct preference optimization');
  expect((await read()).papers.map(({ short }) => short)).toEqual(['Direct preference optimization']);
});

test('a new file is a change', async () => {
  const read = contentReader(dir);
  const first = await read();
  await mkdir(join(dir, 'learning-paths'));
  expect(await read()).not.toBe(first);
});

test('a link to nowhere and a folder that is not there are states like any other', async () => {
  await symlink(join(dir, 'nowhere'), join(dir, 'link.yaml'));
  const read = contentReader(dir);
  expect(await read()).toBe(await read());
  const missing = contentReader(join(dir, 'missing'));
  const first = await missing();
  expect(first.problems.map(({ code }) => code)).toEqual(['content-missing']);
  expect(await missing()).toBe(first);
});
