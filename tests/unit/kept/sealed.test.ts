import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSealed, writeSealed } from '../../../src/kept/sealed.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sealed-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test('a value comes back; a file that is not there is no mistake', async () => {
  const file = join(dir, 'below/value');
  expect(await readSealed(file)).toBe('missing');
  await writeSealed(file, { a: [1, 'β'] });
  expect(await readSealed(file)).toEqual({ value: { a: [1, 'β'] } });
  expect(await readdir(join(dir, 'below'))).toEqual(['value']);
});

test.each<[string, (bytes: Buffer) => Buffer]>([
  ['one that was cut short', (bytes) => bytes.subarray(0, bytes.length - 1)],
  ['an empty one', () => Buffer.alloc(0)],
  ['one with a changed value', (bytes) => Buffer.from([...bytes.subarray(0, -1), (bytes.at(-1) ?? 0) ^ 1])],
  ['one with another seal', (bytes) => Buffer.from([(bytes[0] ?? 0) ^ 1, ...bytes.subarray(1)])],
])('%s is noticed', async (_, damage) => {
  const file = join(dir, 'value');
  await writeSealed(file, 'something');
  await writeFile(file, damage(await readFile(file)));
  expect(await readSealed(file)).toBe('damaged');
});
