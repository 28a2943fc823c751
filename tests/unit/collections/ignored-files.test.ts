import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { ignoredFiles } from '../../../src/collections/ignored-files.ts';

/** What is said of files of these names, each with its suggestion. */
async function said(paths: readonly string[]) {
  const dir = await mkdtemp(join(tmpdir(), 'content-'));
  try {
    for (const path of paths) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), 'x\n');
    }
    const found = await ignoredFiles(dir);
    return Object.fromEntries(
      found.map(({ file, message, suggestion }) => [
        relative(relative(process.cwd(), dir), file),
        suggestion ? `${message}; ${suggestion}` : message,
      ]),
    );
  } finally {
    await rm(dir, { recursive: true });
  }
}

test('what is read, or may lie there, is not spoken of', async () => {
  const files = [
    'glossary.yaml',
    'trainers/dpo.yml',
    'distilled/dpo.py',
    'distilled/vectors.json',
    'curves/a.py',
  ];
  const welcome = [
    'README.md',
    'LICENSE',
    '.git/config',
    'trainers/.DS_Store',
    'distilled/__pycache__/a.pyc',
  ];
  expect(await said([...files, ...welcome, 'reference-guides/figures/pairs.png'])).toEqual({});
});

test('what nothing reads is told, with the name that it should have', async () => {
  expect(
    await said([
      'Glossary.yml',
      'paper.yaml',
      'reference-guide/a.mdx',
      'reference-guides/part/a.mdx',
      'reference-guides/a.markdown',
    ]),
  ).toEqual({
    'Glossary.yml': 'no file of this name is read here; did you mean `glossary.yaml`?',
    'paper.yaml': 'no file of this name is read here; did you mean `papers.yaml`?',
    'reference-guide/a.mdx': 'no folder `reference-guide/` is read; did you mean `reference-guides`?',
    'reference-guides/part/a.mdx':
      'folders inside `reference-guides/` are not read; move it to `reference-guides/`',
    'reference-guides/a.markdown': 'expected a name that ends with .mdx or .md in `reference-guides/`',
  });
});

test('what is hidden, or inside of what is hidden, is not spoken of; deep folders are told to move up', async () => {
  expect(
    await said([
      '.obsidian/workspace.json',
      'trainers/.cache/x.yaml',
      'notes.d/a.txt',
      'trl/old/1.2.0.json',
      'trl/old/notes.txt',
      'curves/kl.js',
      'distilled/vectors.yaml',
      'LICENSE-CODE',
      'UNLICENSE',
    ]),
  ).toEqual({
    'notes.d/a.txt': 'no folder `notes.d/` is read',
    'trl/old/1.2.0.json': 'folders inside `trl/` are not read; move it to `trl/`',
    'curves/kl.js': 'expected a name that ends with .json or .py in `curves/`',
    'distilled/vectors.yaml': 'expected a name that ends with .py or .json in `distilled/`',
    UNLICENSE: 'no file of this name is read here',
  });
});

test('a folder that is not there has no files to speak of', async () => {
  expect(await ignoredFiles(join(tmpdir(), 'no-such-folder'))).toEqual([]);
});
