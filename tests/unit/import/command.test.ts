import { cp, lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkContent } from '../../../src/checks/content/index.ts';
import { readContent } from '../../../src/collections/read-content.ts';
import { importCommand } from '../../../src/import/command.ts';
import { digestOf } from './folder-digest.ts';
import { writeHostileFolder } from './hostile-folder.ts';

const predecessor = join(import.meta.dirname, '../../fixtures/import/predecessor');

let root: string;
let source: string;
let out: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'import-'));
  source = join(root, 'tutorials');
  out = join(root, 'content');
  await cp(predecessor, source, { recursive: true });
});
afterEach(() => rm(root, { recursive: true }));

/** Runs the command as the shell would, and collects what it says. */
async function run(args: string[], extra: { progress?(line: string): void } = {}) {
  const said = { out: '', error: '' };
  const code = await importCommand(
    args,
    {},
    {
      out: (text) => {
        said.out += text;
      },
      error: (text) => {
        said.error += text;
      },
      color: false,
      ...extra,
    },
  );
  return { code, ...said };
}

test('a folder becomes a content folder that the check accepts, and the source is as it was', async () => {
  const before = await digestOf(source);
  const { code, out: said, error } = await run([source, '--out', out]);
  expect([code, error]).toEqual([0, '']);
  expect(said).toContain(
    'Imported 15 files (4 annotated trainers, 3 reference guides, 4 scripts, 1 STATUS file, 3 other documents)',
  );
  expect(said).toMatch(/Build it: CONTENT_DIR=\S+ npm run build\n$/);
  expect(await digestOf(source)).toBe(before);
  expect(await readdir(root)).toEqual(['content', 'tutorials']);

  const content = await readContent(out);
  const problems = checkContent(content);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  // The check lists what is wrong in it, as warnings.
  expect(problems.map(({ code: kind, message }) => `${kind} ${message}`)).toContain(
    'argument-unknown `DPOTrainer` has no argument `tokenizer`',
  );
  expect(content.annotated.map(({ id }) => id)).toEqual(['dpo', 'grpo', 'ppo', 'sft']);
  expect(content.annotated[0]?.data).toMatchObject({
    title: 'DPOTrainer: Complete Line-by-Line Annotation',
    summary: 'Direct Preference Optimization without a reward model',
    trainers: ['dpo'],
    verified: false,
  });
});

test('the same folder gives the same content, to the byte', async () => {
  await run([source, '--out', out]);
  await run([source, '--out', join(root, 'again')]);
  expect(await digestOf(out)).toBe(await digestOf(join(root, 'again')));
});

test('a dry run says what would be made, and makes nothing', async () => {
  const { code, out: said } = await run([source, '--out', out, '--dry-run']);
  expect(code).toBe(0);
  expect(said).toContain('annotated-trainers/dpo.md');
  expect(said).toContain('Would import 15 files');
  expect(said).toContain('Nothing was written.');
  expect(await readdir(root)).toEqual(['tutorials']);
});

test('nothing is overwritten without --force, and only a content folder with it', async () => {
  await mkdir(out);
  await writeFile(join(out, 'thesis.md'), 'years of work');
  expect(await run([source, '--out', out])).toMatchObject({
    code: 1,
    error: expect.stringContaining('overwrites nothing'),
  });
  expect(await run([source, '--out', out, '--force'])).toMatchObject({
    code: 1,
    error: expect.stringContaining('no content folder'),
  });
  expect(await readdir(out)).toEqual(['thesis.md']);

  const other = join(root, 'other');
  await run([source, '--out', other]);
  await rm(join(source, 'annotated_trainers/SFTTrainer_ANNOTATED.md'));
  expect((await run([source, '--out', other, '--force'])).code).toBe(0);
  expect(await readdir(join(other, 'annotated-trainers'))).toEqual(['dpo.md', 'grpo.md', 'ppo.md']);
  expect(await readdir(root)).toEqual(['content', 'other', 'tutorials']);
});

test('a failed import leaves everything as it was', async () => {
  const target = join(root, 'deep/er/content');
  const empty = join(root, 'empty');
  await mkdir(empty);
  await writeFile(join(empty, 'picture.png'), 'x');
  const { code, error } = await run([empty, '--out', target]);
  expect(code).toBe(1);
  expect(error).toMatch(/empty:1:1 {2}import-nothing {2}expected Markdown or Python files, found none/);
  expect(await readdir(root)).toEqual(['empty', 'tutorials']);
  // A file where a folder should be made.
  await writeFile(join(root, 'file'), '');
  expect((await run([source, '--out', join(root, 'file/content')])).code).toBe(1);
  expect(await readFile(join(root, 'file'), 'utf8')).toBe('');
});

test('source and target may not lie in each other, nor the target be a link', async () => {
  expect(await run([source, '--out', join(source, 'content')])).toMatchObject({
    code: 1,
    error: expect.stringContaining('lie in each other'),
  });
  expect(await run([source, '--out', root])).toMatchObject({
    code: 1,
    error: expect.stringContaining('lie in each other'),
  });
  expect(await run([source, '--out', 'content/made'])).toMatchObject({
    code: 1,
    error: expect.stringContaining("generator's own content"),
  });
  await symlink(join(root, 'elsewhere'), out);
  expect(await run([source, '--out', out])).toMatchObject({ code: 1 });
  await mkdir(join(root, 'elsewhere'));
  expect(await run([source, '--out', out, '--force'])).toMatchObject({
    code: 1,
    error: expect.stringContaining('is a link'),
  });
  expect(await readdir(join(root, 'elsewhere'))).toEqual([]);
  expect(await run([join(root, 'nowhere'), '--out', join(root, 'x')])).toMatchObject({
    code: 1,
    error: expect.stringContaining('expected a folder of tutorials'),
  });
});

test('wrong use answers with the usage and 2, --help with 0', async () => {
  for (const args of [
    [],
    [source],
    ['--out', out],
    [source, source, '--out', out],
    [source, '--out', out, '--outt'],
    [source, '--out', ''],
  ]) {
    const { code, error, out: said } = await run(args);
    expect([code, said], args.join(' ')).toEqual([2, '']);
    expect(error).toContain('Usage: npm run import');
  }
  expect(await run(['--help'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('Usage: npm run import'),
  });
});

test('progress is for a terminal, in one line that goes away', async () => {
  const lines: string[] = [];
  const { error } = await run([source, '--out', out], { progress: (line) => lines.push(line) });
  expect(lines).toContain('reading 15 of 15');
  expect(lines.at(-1)).toBe('');
  expect(error).toBe('');
});

test('--report writes all that was found as JSON, beside source and target', async () => {
  const report = join(root, 'report.json');
  expect((await run([source, '--out', out, '--report', report])).code).toBe(0);
  const written = JSON.parse(await readFile(report, 'utf8'));
  expect(written).toMatchObject({ schema: 1, dry_run: false, found: 15, imported: 15 });
  expect(written.pages).toContainEqual({
    source: 'annotated_trainers/DPOTrainer_ANNOTATED.md',
    role: 'annotated',
    trainers: ['dpo'],
    page: 'trainers/dpo',
    file: 'annotated-trainers/dpo.md',
  });
  expect(written.notes).toContainEqual(
    expect.objectContaining({
      code: 'import-repaired',
      line: 20,
      message: expect.stringContaining('`âœ…` to `✅`'),
    }),
  );
  expect(written.problems).toContainEqual(
    expect.objectContaining({
      code: 'argument-unknown',
      file: expect.stringMatching(/annotated_examples\/dpo_training_ANNOTATED\.py$/),
      excerpt: '        tokenizer=tokenizer,',
      suggestion: 'it is now called `processing_class`',
    }),
  );
  expect(written.warnings).toBe(written.problems.length);
  // It replaces nothing either, and lies in neither folder.
  expect((await run([source, '--out', join(root, 'b'), '--report', report])).error).toContain('exists');
  expect((await run([source, '--out', join(root, 'b'), '--report', join(source, 'r.json')])).code).toBe(1);
  expect((await run([source, '--out', join(root, 'b'), '--report', join(root, 'b/r.json')])).code).toBe(1);
});

test('a hostile folder writes nothing outside of the target, and what is left out has a reason', async () => {
  const hostile = join(root, 'hostile');
  await mkdir(hostile);
  await writeHostileFolder(hostile);
  const { code, out: said } = await run([hostile, '--out', out]);
  expect(code).toBe(0);
  expect(await readdir(root)).toEqual(['content', 'hostile', 'tutorials']);
  for (const reason of [
    /passwd\.md:1:1 {2}import-left-out {2}left out: it is a link to \/etc\/passwd, and links are not followed/,
    /loop:1:1 {2}import-left-out {2}left out: it is a link to \./,
    /pipe\.md:1:1 {2}import-left-out {2}left out: it is neither a file nor a folder/,
    /nul\.md:1:5 {2}import-left-out {2}left out: expected UTF-8 text, found a NUL byte/,
    /line\.md:1:1 {2}import-left-out {2}left out: it has 50 MiB, and an import takes files of at most 2 MiB/,
    /wide\.md:3:1 {2}import-left-out {2}left out: the line has 25000 characters/,
    /deep\.md:1:1 {2}import-verbatim {2}the page shows the text as it is written: it nests/,
  ]) {
    expect(said).toMatch(reason);
  }
  const made = await readdir(out, { recursive: true });
  for (const name of made) {
    expect(name).toMatch(/^[\w./-]+$/);
    expect((await lstat(join(out, name))).isSymbolicLink()).toBe(false);
  }
  // No line break of a name reaches the terminal as one.
  expect(said).not.toContain('new\nline');
});
