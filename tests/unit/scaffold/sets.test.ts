import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkContent } from '../../../src/checks/content/index.ts';
import { readDigests } from '../../../src/collections/digests.ts';
import { readContent } from '../../../src/collections/read-content.ts';
import { coverageOf } from '../../../src/coverage/from-source.ts';
import { changed, copyOfContent, runNew, snapshot, withCopy } from './scaffolding.ts';

/** The trainers of the registry that have no set yet, as somebody might type them. */
const unwritten = {
  gkd: 'gkd',
  'online-dpo': 'Online DPO',
  prm: 'PRMTrainer',
  bco: 'Binary Classifier Optimization',
  'nash-md': 'nash_md',
  xpo: 'XPO',
};

describe('the sets of all trainers that have none', () => {
  let dir = '';
  const results = new Map<string, { code: number; out: string; error: string; written: string[] }>();

  beforeAll(async () => {
    dir = await copyOfContent();
    let before = await snapshot(dir);
    for (const [slug, typed] of Object.entries(unwritten)) {
      const said = await runNew(dir, typed);
      const after = await snapshot(dir);
      results.set(slug, { ...said, written: changed(before, after) });
      before = after;
    }
  });
  afterAll(() => rm(dir, { recursive: true }));

  test.each(Object.keys(unwritten))('%s has its four files, and a word on each', (slug) => {
    const python = slug.replaceAll('-', '_');
    const result = results.get(slug);
    expect(result).toMatchObject({
      code: 0,
      error: '',
      written: [
        `annotated-trainers/${slug}.mdx`,
        `distilled/${python}.py`,
        `example-scripts/${python}_training.py`,
        `reference-guides/${slug}-loss.mdx`,
      ],
    });
    for (const file of result?.written ?? [])
      expect(result?.out).toMatch(new RegExp(`  ${file} +\\d+ places to write`));
  });

  test('the check finds nothing wrong', async () => {
    expect(checkContent(await readContent(dir))).toEqual([]);
  });

  test('STATUS shows drafts, counts none of them, and no debt', async () => {
    const source = await readContent(dir);
    const report = coverageOf(source, await readDigests(source, dir));
    const before = coverageOf(await readContent('content'), new Map());
    expect(report.totals).toMatchObject({ drafts: 18, complete: 9, documented: 9 });
    expect(report.totals.pages).toEqual(before.totals.pages);
    expect(report.remaining.find(({ slug }) => slug === 'gkd')).toMatchObject({
      unwritten: [],
      unfinished: [
        { ref: 'trainers/gkd', why: 'draft' },
        { ref: 'guides/gkd-loss', why: 'draft' },
        { ref: 'examples/gkd-training', why: 'draft' },
      ],
    });
  });

  test('a draft that is published with its marks in is told each of them, at its line', async () => {
    const file = join(dir, 'reference-guides/gkd-loss.mdx');
    const text = (await snapshot(dir)).get('reference-guides/gkd-loss.mdx') ?? '';
    await writeFile(file, text.replace('draft: true\n', ''));
    const problems = checkContent(await readContent(dir));
    await writeFile(file, text);
    const own = problems.filter((each) => each.code === 'to-write');
    expect(own).toHaveLength(text.split('TO WRITE').length - 1);
    expect(own[0]).toMatchObject({ severity: 'error', line: 2, column: 3, length: 8 });
    // Its links to the drafts beside it would be broken now.
    const links = problems.filter((each) => each.code === 'draft-linked').map(({ message }) => message);
    expect(links).toContain('`/trainers/gkd` is a draft');
    expect(links).toContain('`examples/gkd-training` is a draft');
    expect(
      problems.map(({ code }) => code).filter((code) => !['to-write', 'draft-linked'].includes(code)),
    ).toEqual([]);
  });
});

test('a set that is there is refused, file by file, and nothing changes', () =>
  withCopy(async (dir) => {
    const before = await snapshot(dir);
    const { code, out, error } = await runNew(dir, 'dpo');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    for (const file of ['annotated-trainers/dpo.mdx', 'reference-guides/dpo-loss.mdx', 'distilled/dpo.py'])
      expect(error).toContain(`${file}:1:1  file-exists`);
    expect(changed(before, await snapshot(dir))).toEqual([]);
  }));

test('of a set that is partly there only the rest is written, and it fits to what is there', () =>
  withCopy(async (dir) => {
    await rm(join(dir, 'annotated-trainers/orpo.mdx'));
    const { code, out } = await runNew(dir, 'orpo');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Wrote\n {2}annotated-trainers\/orpo\.mdx .*\nLeft as it is\n {2}reference-guides\/orpo-loss\.mdx\n/,
    );
    const page = (await snapshot(dir)).get('annotated-trainers/orpo.mdx');
    // The regions are those of the distilled file, each with as many remarks as it has markers.
    expect(page).toContain('<Region name="log1mexp">');
    expect(page).toContain('next: ["guides/orpo-loss","examples/orpo-training"]');
    // What is left are the published pages that lead to the draft now.
    const codes = checkContent(await readContent(dir)).map((each) => each.code);
    expect(new Set(codes)).toEqual(new Set(['draft-linked']));
  }));

test('without the lab the script would not run, so it is written too', () =>
  withCopy(async (dir) => {
    await rm(join(dir, 'example-scripts/lab.py'));
    expect((await runNew(dir, 'gkd')).out).toMatch(/ {2}example-scripts\/lab\.py +complete/);
  }));

test('a dry run says the same and writes nothing', () =>
  withCopy(async (dir) => {
    const before = await snapshot(dir);
    const { code, out } = await runNew(dir, 'gkd', '--dry-run');
    expect(code).toBe(0);
    expect(out).toMatch(/^Would write\n {2}annotated-trainers\/gkd\.mdx +\d+ places to write\n/);
    expect(changed(before, await snapshot(dir))).toEqual([]);
  }));
