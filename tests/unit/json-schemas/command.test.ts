import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkSchemas } from '../../../src/checks/tools/schemas.ts';
import { schemasCommand } from '../../../src/json-schemas/command.ts';
import { schemaComment, schemaFiles } from '../../../src/json-schemas/schemas.ts';

/** What `npm run schemas -- …` writes to the terminal, and its exit code. */
async function schemas(args: readonly string[], folder: string) {
  const said = { out: '', error: '' };
  const terminal = {
    out: (text: string) => (said.out += text),
    error: (text: string) => (said.error += text),
    color: false,
  };
  return { code: await schemasCommand(args, terminal, folder), ...said };
}

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'schemas-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('the schemas of this repository are fresh', async () => {
  expect(await checkSchemas()).toEqual([]);
});

test('the command writes what is missing or stale, takes away what is no schema, and then has nothing to do', () =>
  inFolder(async (folder) => {
    expect((await schemas([], folder)).code).toBe(0);
    await writeFile(join(folder, 'papers.json'), '{}\n');
    await writeFile(join(folder, 'novel.json'), '{}\n');
    expect(await schemas([], folder)).toEqual({
      code: 0,
      out: 'wrote papers.json\nremoved novel.json\n',
      error: '',
    });
    expect((await schemas([], folder)).out).toBe(`${folder} is up to date\n`);
    expect((await readdir(folder)).sort()).toEqual([...schemaFiles().keys()].sort());
    expect(await checkSchemas(folder)).toEqual([]);
  }));

test('the check names what is stale, missing and left over', () =>
  inFolder(async (folder) => {
    await schemas([], folder);
    const path = join(folder, 'papers.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('"The papers"', '"Papers"'));
    await rm(join(folder, 'glossary.json'));
    await writeFile(join(folder, 'novel.json'), '{}\n');
    const found = await checkSchemas(folder);
    expect(found.map(({ code, file, line, message }) => [code, file, line, message])).toEqual([
      ['schema-stale', join(folder, 'glossary.json'), 1, 'expected a JSON Schema, found no file'],
      ['schema-stale', path, 3, 'expected `"title": "The papers"`, found `"title": "Papers"`'],
      ['schema-stale', join(folder, 'novel.json'), 1, 'no schema of the check makes this file'],
    ]);
  }));

test('wrong arguments change nothing and exit 2', () =>
  inFolder(async (folder) => {
    const { code, error } = await schemas(['--all'], folder);
    expect(code).toBe(2);
    expect(error).toContain('usage: npm run schemas');
    expect(await readdir(folder)).toEqual([]);
  }));

test('a YAML file names its schema in its first line', () => {
  expect(schemaComment('../../public/schemas/trainer.json')).toBe(
    '# yaml-language-server: $schema=../../public/schemas/trainer.json',
  );
});
