import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFolder, shown } from '../../../src/collections/content-folder.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'content-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function write(...paths: string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), `text of ${path}`);
  }
}

const name = (path: string) => shown(join(dir, path));

test('the files of a folder with one of the endings come by name; hidden ones and package markers do not', async () => {
  await write('guides/b.md', 'guides/a.mdx', 'guides/notes.txt', 'guides/.hidden.md', 'guides/__init__.py');
  await write('guides/Z.md', 'guides/__init__.pyx.md', 'guides/a__init__.py.md');
  const folder = openFolder(dir);
  const files = await folder.files('guides', ['.md', '.mdx', '.py']);
  expect(files.map(({ stem }) => stem)).toEqual(['Z', '__init__.pyx', 'a', 'a__init__.py', 'b']);
  expect(files[2]).toEqual({ file: name('guides/a.mdx'), stem: 'a', text: 'text of guides/a.mdx' });
  expect(folder.stems('guides')).toEqual(['Z', '__init__.pyx', 'a', 'a__init__.py', 'b']);
  expect(folder.stems('elsewhere')).toEqual([]);
  expect(folder.texts.get(name('guides/b.md'))).toBe('text of guides/b.md');
  expect(folder.problems).toEqual([]);
});

test('a folder in the place of a file, and a file in the place of a folder, are mistakes', async () => {
  await write('guides', 'papers.yaml/a', 'trainers/dpo.yaml/a', 'trainers/sft.yaml');
  const folder = openFolder(dir);
  expect(await folder.files('guides', ['.md'])).toEqual([]);
  expect(await folder.file('papers.yaml')).toBeUndefined();
  expect((await folder.files('trainers', ['.yaml'])).map(({ stem }) => stem)).toEqual(['sft']);
  expect(folder.stems('trainers')).toEqual(['sft']);
  expect(
    folder.problems.map(({ code, file, line, column, message }) => [code, file, line, column, message]),
  ).toEqual([
    ['file-unreadable', name('guides'), 1, 1, 'expected a folder, found a file'],
    ['file-unreadable', name('papers.yaml'), 1, 1, 'expected a file, found a folder'],
    ['file-unreadable', name('trainers/dpo.yaml'), 1, 1, 'expected a file, found a folder'],
  ]);
});

test('what is not there is no mistake', async () => {
  const folder = openFolder(join(dir, 'nowhere'));
  expect(await folder.files('guides', ['.md'])).toEqual([]);
  expect(await folder.file('papers.yaml')).toBeUndefined();
  expect(folder.problems).toEqual([]);
});

test('a folder that cannot be read says why', async () => {
  const folder = openFolder(dir);
  await folder.files('x'.repeat(300), ['.md']);
  expect(folder.problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^the folder cannot be read: ENAMETOOLONG/),
  ]);
});

test('a draft stands for the text on the disk, and is held to the same rules', async () => {
  await write('papers.yaml', 'glossary.yaml');
  const folder = openFolder(
    dir,
    new Map([
      [name('papers.yaml'), 'from the editor\r\n'],
      [name('glossary.yaml'), '  '],
    ]),
  );
  expect(await folder.file('papers.yaml')).toMatchObject({ text: 'from the editor\n', stem: 'papers' });
  expect(await folder.file('glossary.yaml')).toBeUndefined();
  expect([...folder.texts]).toEqual([[name('papers.yaml'), 'from the editor\n']]);
  expect(folder.problems.map(({ code }) => code)).toEqual(['file-empty']);
});

test('the working directory itself is shown as a dot', () => {
  expect([shown(process.cwd()), shown(join(process.cwd(), 'content', 'a.md'))]).toEqual([
    '.',
    'content/a.md',
  ]);
});
