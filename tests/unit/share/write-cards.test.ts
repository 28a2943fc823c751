import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readContent } from '../../../src/collections/read-content.ts';
import { writeCards } from '../../../src/share/write-cards.ts';

const source = await readContent('content');
const pages = [
  { ref: '', title: 'The Annotated Trainers' },
  { ref: 'trainers/dpo', title: 'DPOTrainer, annotated' },
];
let dir: string;
const write = (of = pages) => writeCards(join(dir, 'out'), of, source, join(dir, 'cache'));

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cards-'));
});
afterEach(() => rm(dir, { recursive: true }));

test('a picture is drawn once, and again only when what it says has changed', async () => {
  expect(await write()).toBe(2);
  const first = await readFile(join(dir, 'out/og/trainers/dpo.png'));
  expect(await write()).toBe(0);
  expect(await readFile(join(dir, 'out/og/trainers/dpo.png'))).toEqual(first);
  expect(await write([{ ref: 'trainers/dpo', title: 'DPOTrainer, explained' }])).toBe(1);
  expect(await readFile(join(dir, 'out/og/trainers/dpo.png'))).not.toEqual(first);
});

test('a kept picture that was cut short or changed is drawn anew', async () => {
  await write();
  const good = await readFile(join(dir, 'out/og/index.png'));
  const [one = '', other = ''] = (await readdir(join(dir, 'cache'))).map((name) => join(dir, 'cache', name));
  await truncate(one, 900);
  const bytes = await readFile(other);
  bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
  await writeFile(other, bytes);
  expect(await write()).toBe(2);
  expect(await readFile(join(dir, 'out/og/index.png'))).toEqual(good);
});

test('a title that the fonts cannot set leaves its place to the site’s name', async () => {
  await write([{ ref: 'trainers/dpo', title: '直接偏好优化' }]);
  const png = await readFile(join(dir, 'out/og/trainers/dpo.png'));
  await write([{ ref: 'trainers/dpo', title: 'The Annotated Trainers' }]);
  expect(await readFile(join(dir, 'out/og/trainers/dpo.png'))).toEqual(png);
});
