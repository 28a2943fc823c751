import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeNewFiles } from '../../../src/scaffold/write-files.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'write-'));
});
afterEach(() => rm(dir, { recursive: true }));

test('files are written with the folders that they need', async () => {
  await writeNewFiles([{ path: join(dir, 'a/b/c.txt'), text: 'c' }]);
  expect(await readFile(join(dir, 'a/b/c.txt'), 'utf8')).toBe('c');
});

test('a file that is there is kept, and the others are taken back', async () => {
  await writeFile(join(dir, 'mine.txt'), 'mine');
  const files = [
    { path: join(dir, 'new/one.txt'), text: '1' },
    { path: join(dir, 'two.txt'), text: '2' },
    { path: join(dir, 'mine.txt'), text: 'theirs' },
  ];
  await expect(writeNewFiles(files)).rejects.toThrow(/nothing was written: EEXIST.*mine\.txt/);
  expect(await readdir(dir)).toEqual(['mine.txt']);
  expect(await readFile(join(dir, 'mine.txt'), 'utf8')).toBe('mine');
});

test('a path that is a folder is no file to write', async () => {
  await mkdir(join(dir, 'folder'));
  await expect(writeNewFiles([{ path: join(dir, 'folder'), text: '' }])).rejects.toThrow(
    'nothing was written',
  );
  expect(await readdir(dir)).toEqual(['folder']);
});
