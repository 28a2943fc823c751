import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSite, readText, type SiteFiles } from '../../src/checks/dist/site-files.ts';
import { coverageSchema } from '../../src/coverage/report-schema.ts';
import { firstMissing, visibleOnGithub, wordsOf } from '../../src/import/page/words.ts';
import { readFolder } from '../../src/import/source/read-folder.ts';
import { type ImportedSite, importedSite } from './imported-site.ts';
import { type PageText, pageText } from './page-text.ts';

const fixtures = join(import.meta.dirname, '../fixtures/import');

interface Case {
  folder: string;
  made: ImportedSite;
  site: SiteFiles;
}

async function importCase(fill: (folder: string) => Promise<void>): Promise<Case> {
  const folder = await mkdtemp(join(tmpdir(), 'tutorials-'));
  await fill(folder);
  const made = await importedSite(folder);
  return { folder, made, site: readSite(made.dist) };
}

let predecessor: Case;
let odd: Case;

beforeAll(async () => {
  predecessor = await importCase((folder) => cp(join(fixtures, 'predecessor'), folder, { recursive: true }));
  odd = await importCase(async (folder) => {
    await cp(join(fixtures, 'odd'), folder, { recursive: true });
    await writeFile(join(folder, 'notes/Long.md'), longText());
  });
}, 180_000);

afterAll(async () => {
  for (const each of [predecessor, odd]) {
    await each?.made.remove();
    if (each) await rm(each.folder, { recursive: true });
  }
});

/** 2,000 lines: sections whose headings repeat, and code. */
function longText(): string {
  const section = (n: number) => [
    `## Step`,
    '',
    `Word${n} of section ${n}, with \`name_${n}\`, {${n}} and $${n}.`,
    '',
    '```python',
    `x_${n} = ${n}`,
    '```',
    '',
  ];
  return ['# Long', '', ...Array.from({ length: 250 }, (_, n) => section(n)).flat()].join('\n');
}

/** Formulas that the site sets: on the page they are no words. Everything else of every file is. */
const formulas = [/\$\\mathcal\{L\} = .*?\$(?=,)/, /\$\$\n[\s\S]*?\n\$\$/, /\$\$y\$\$/];

/** Files whose words are all on the page, but not all in their order: footnotes and the title have a place of their own. */
const moved = ['notes/Signs.md', 'notes/Front_Matter.md'];

/** What the built pages lack of the source files: pairs of file and first missing word, line or piece of code. */
async function losses({ folder, made, site }: Case): Promise<[string, string][]> {
  const { sources } = await readFolder(folder, () => {});
  return sources.flatMap(({ path, text }): [string, string][] => {
    const ref = made.pages.get(path);
    if (ref === undefined) return [[path, 'has no page']];
    const shown = pageText(readText(site, `${ref}/index.html`));
    const lost = path.endsWith('.py') ? lostLine(text, shown) : lostWord(text, shown, moved.includes(path));
    return lost === undefined ? [] : [[path, lost]];
  });
}

/** Lines that are for tools: in the file, and not in a cell of the page. */
const forTools = /^#!|^# -\*-|^# \/\/\/|^# dependencies = /;

function lostLine(python: string, { code }: PageText): string | undefined {
  const lines = (text: string) =>
    text.split('\n').filter((line) => line.trim() !== '' && !/^# %%/.test(line));
  return firstMissing(
    lines(python).filter((line) => !forTools.test(line)),
    code.flatMap(lines),
  );
}

function lostWord(markdown: string, { text, code }: PageText, isMoved: boolean): string | undefined {
  const source = visibleOnGithub(formulas.reduce((left, formula) => left.replace(formula, ''), markdown));
  const found = wordsOf(text);
  const word = isMoved ? lacking(source.words, found) : firstMissing(source.words, found);
  return word ?? lacking(source.code.map(trimmed), code.map(trimmed));
}

/** Code without the line end that a fence adds, and inline code as HTML shows its spaces. */
function trimmed(code: string): string {
  return code.replace(/\s+$/, '');
}

/** The first of `wanted` that `found` has fewer times; order aside. */
function lacking(wanted: readonly string[], found: readonly string[]): string | undefined {
  const left = new Map<string, number>();
  for (const each of found) left.set(each, (left.get(each) ?? 0) + 1);
  return wanted.find((each) => {
    const count = left.get(each) ?? 0;
    left.set(each, count - 1);
    return count === 0;
  });
}

test('every word and every piece of code of the predecessor is on the built pages', async () => {
  expect(await losses(predecessor)).toEqual([]);
});

test('and of a folder in which everything is odd', async () => {
  expect(await losses(odd)).toEqual([]);
});

test('the proof finds a single word that is not there', async () => {
  await writeFile(
    join(odd.folder, 'notes/No_Newline.md'),
    '# No newline at the end\n\nThe last word is ocelot',
  );
  expect(await losses(odd)).toEqual([['notes/No_Newline.md', 'ocelot']]);
});

test('headings keep the anchors that GitHub gives them', () => {
  const { ids } = pageText(readText(predecessor.site, 'trainers/dpo/index.html'));
  for (const id of [
    '-table-of-contents',
    'what',
    'what-1',
    'what-2',
    'the-loss-dpo_loss',
    'common-mistakes--fixes',
  ]) {
    expect(ids).toContain(id);
  }
  const signs = pageText(readText(odd.site, 'guides/signs/index.html')).ids;
  for (const id of ['same', 'same-1', 'same-2', 'same-3', '-rocket-start', 'ümläut-σβδ--quotes--end']) {
    expect(signs).toContain(id);
  }
});

test('dollars, braces and tags of prose are prose', () => {
  const html = readText(odd.site, 'guides/signs/index.html');
  const { text } = pageText(html);
  for (const part of [
    'It costs $5, or $10-$20 with tax; $HOME/bin',
    'A set {x | x < 3 && y > 4}, a generic List<int>',
    'C:\\Users\\me',
  ]) {
    expect(text).toContain(part);
  }
});

test('damage of the encoding is gone from the page, and a text that only looks like it is not touched', async () => {
  const fine = await readFile(join(fixtures, 'odd/notes/Latin1.fine.txt'), 'utf8');
  const shown = wordsOf(pageText(readText(odd.site, 'guides/latin1/index.html')).text);
  expect(firstMissing(visibleOnGithub(fine).words, shown)).toBeUndefined();
  expect(pageText(readText(odd.site, 'guides/french/index.html')).text).toContain('SÃO PAULO, NÃO');
});

test('the strip says of every page that it was imported and not checked, and so does the Markdown of the page', () => {
  for (const { made, site } of [predecessor, odd]) {
    for (const [path, ref] of made.pages) {
      const html = readText(site, `${ref}/index.html`);
      expect.soft(html, path).toContain('Imported, not checked');
      expect
        .soft(html, path)
        .toMatch(
          /Nobody checked: <[^>]*>?this page|Nobody checked:[^.]*this page, which was imported as it stood/,
        );
      expect.soft(readText(site, `${ref}/index.md`), path).toContain('**Verified**: Imported, not checked');
    }
  }
});

test('STATUS counts them as not verified, and no trainer as complete', () => {
  const status = coverageSchema.parse(JSON.parse(readText(predecessor.site, 'status.json')));
  expect(status.pages).toHaveLength(predecessor.made.pages.size);
  expect(status.pages.filter(({ verified }) => verified)).toEqual([]);
  expect(status.totals).toMatchObject({ documented: 4, complete: 0, checks: { current: 0, missing: 0 } });
});

test('no page claims what nobody checked', () => {
  const pages = [...predecessor.site.paths].filter((path) => path.endsWith('.html'));
  const claims = pages.filter((path) =>
    /is checked against TRL|checked against release|runs on a CPU|on a CPU in minutes/.test(
      readText(predecessor.site, path),
    ),
  );
  expect(claims).toEqual([]);
});

test('the search finds a word that only an imported file has', () => {
  const fragments = [...odd.site.paths].filter((path) => path.startsWith('pagefind/fragment/'));
  const found = fragments.filter((path) =>
    gunzipSync(odd.site.read(path)).toString('utf8').includes('pangolin'),
  );
  expect(found).toHaveLength(1);
});

test('a script is offered with all its lines, below what makes it run by itself', async () => {
  const scripts = [...predecessor.made.pages].filter(([path]) => path.endsWith('.py'));
  expect(scripts).toHaveLength(4);
  for (const [path, ref] of scripts) {
    const served = readText(predecessor.site, `${ref.replaceAll('-', '_')}.py`).split('\n');
    const source = await readFile(join(fixtures, 'predecessor', path), 'utf8');
    expect(firstMissing(source.replace(/\r/g, '').trimEnd().split('\n'), served), path).toBeUndefined();
    expect(served).toContain('# /// script');
  }
});
