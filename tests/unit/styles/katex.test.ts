import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { fontFaces, formulaFonts } from '../../../src/checks/dist/font-files.ts';
import { readPage } from '../../../src/checks/dist/page.ts';
import { readRules } from '../../../src/styles/katex/rules.ts';
import { trimKatex } from '../../../src/styles/katex/trim.ts';
import { usedRules } from '../../../src/styles/katex/used-rules.ts';
import { siteOf } from '../dist/site.ts';

const whole = readFileSync(createRequire(import.meta.url).resolve('katex/dist/katex.min.css'), 'utf8');
const draw = (tex: string) => katex.renderToString(tex, { output: 'htmlAndMathml', displayMode: true });
const classesIn = (html: string) =>
  new Set([...html.matchAll(/class="([^"]*)"/g)].flatMap(([, names = '']) => names.split(' ')));
const pageOf = (html: string) => readPage(siteOf({ 'index.html': html }).site, 'index.html');

/** Faces that a formula is drawn with, by the whole sheet. */
function facesOf(tex: string): string[] {
  const { files, missing } = formulaFonts(pageOf(draw(tex)), readRules(whole), fontFaces(whole, '/'));
  expect([...missing].filter(([, letters]) => letters !== '\u200b')).toEqual([]);
  return [...files].map((file) => file.replace(/.*KaTeX_|\.woff2/g, '')).sort();
}

describe('the face of a letter', () => {
  test.each([
    ['x', ['Math-Italic']],
    ['\\log 2', ['Main-Regular']],
    ['\\mathbb{E}', ['AMS-Regular']],
    ['\\mathcal{L}', ['Caligraphic-Regular']],
    ['\\mathfrak{g}', ['Fraktur-Regular']],
    ['\\mathscr{F}', ['Script-Regular']],
    ['\\mathsf{T}', ['SansSerif-Regular']],
    ['\\mathtt{id}', ['Typewriter-Regular']],
    ['\\mathbf{w}', ['Main-Bold']],
    ['\\boldsymbol{\\theta}', ['Math-BoldItalic']],
    ['\\textbf{\\textit{a}}', ['Main-BoldItalic']],
    ['\\sum', ['Size2-Regular']],
    ['\\Bigg(', ['Size4-Regular']],
  ])('%s', (tex, faces) => {
    expect(facesOf(tex).filter((face) => face !== 'Main-Regular' || faces.includes(face))).toEqual(faces);
  });
});

describe('the rules that formulas use', () => {
  const formulas = [
    'x',
    '\\frac{a}{b}',
    '\\sqrt[3]{x}',
    '\\mathcal{L} = \\mathbb{E}\\left[\\frac{\\pi_\\theta}{\\pi_\\text{ref}}\\right]',
    '\\mathfrak{g} \\mathscr{F} \\mathsf{T} \\mathtt{id}',
    '\\textbf{\\textit{a}}',
    '\\begin{cases} 1 & x \\ge 0 \\\\ 0 \\end{cases}',
    '\\underbrace{x}_{n} \\overline{y} \\hat{z} \\boxed{w}',
  ];

  test.each(formulas)('are those that any element of %s matches, with the same faces', (tex) => {
    const page = pageOf(draw(tex));
    const trimmed = usedRules(whole, classesIn(page.html));
    expect(trimmed.length).toBeLessThan(whole.length * 0.8);
    const before = formulaFonts(page, readRules(whole), fontFaces(whole, '/'));
    const after = formulaFonts(page, readRules(trimmed), fontFaces(trimmed, '/'));
    expect(after).toEqual(before);
  });

  test('a formula in a face that the sheet lacks is found', () => {
    const trimmed = usedRules(whole, classesIn(draw('x + 1')));
    const page = pageOf(draw('\\mathbf{w}'));
    const { missing } = formulaFonts(page, readRules(whole), fontFaces(trimmed, '/'));
    expect(missing.get('KaTeX_Main 700 normal')).toBe('w');
  });

  test('a sheet with rules inside rules is refused: this reader does not know them', () => {
    expect(() => readRules('@media print{.katex{color:red}}')).toThrow('found a rule in a rule');
  });
});

describe('a built site', () => {
  const sheet = 'katex.min.AbCd1234.css';
  async function site(files: Record<string, string>) {
    const dir = mkdtempSync(join(tmpdir(), 'katex-'));
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(dir, name)), { recursive: true });
      await writeFile(join(dir, name), text);
    }
    await trimKatex(dir);
    return { dir, assets: readdirSync(join(dir, '_astro')).sort() };
  }
  const link = (name: string) => `<link rel="stylesheet" href="/_astro/${name}">`;
  const css = whole.replaceAll(/fonts\/(KaTeX_[\w-]+)\.woff2/g, '/_astro/$1.Hash5678.woff2');
  const files = (tex: string) => ({
    'index.html': link('style.css'),
    'guides/x/index.html': link(sheet) + draw(tex),
    [`_astro/${sheet}`]: css,
    '_astro/KaTeX_Fraktur-Regular.Hash5678.woff2': '',
    '_astro/KaTeX_Main-Regular.Hash5678.woff2': '',
    '_astro/serif.Hash5678.woff2': '',
  });

  test('keeps the fonts that formulas use, renames the sheet by its content, and leaves other fonts', async () => {
    const plain = await site(files('x'));
    expect(plain.assets.filter((name) => name.endsWith('.woff2'))).toEqual([
      'KaTeX_Main-Regular.Hash5678.woff2',
      'serif.Hash5678.woff2',
    ]);
    const [renamed = ''] = plain.assets.filter((name) => name.endsWith('.css'));
    expect(renamed).toMatch(/^katex\.[\w-]{8}\.css$/);
    expect(await readFile(join(plain.dir, 'guides/x/index.html'), 'utf8')).toContain(link(renamed));

    const fraktur = await site(files('\\mathfrak{g}'));
    expect(fraktur.assets).toContain('KaTeX_Fraktur-Regular.Hash5678.woff2');
    expect(fraktur.assets).not.toContain(renamed);
    expect((await site(files('x'))).assets).toEqual(plain.assets);
  });

  test('a page whose dollar sign was money does not load the sheet', async () => {
    const { dir } = await site({ ...files('x'), 'guides/money/index.html': `${link(sheet)}<p>$5</p>` });
    expect(await readFile(join(dir, 'guides/money/index.html'), 'utf8')).toBe('<p>$5</p>');
  });

  test('a formula in a preview counts: it is shown on pages that have the sheet', async () => {
    const preview = JSON.stringify({ x: { text: draw('\\mathfrak{g}') } });
    const { assets } = await site({ ...files('x'), 'guides/x/previews.json': preview });
    expect(assets).toContain('KaTeX_Fraktur-Regular.Hash5678.woff2');
  });

  test('a site without formulas is left as it is', async () => {
    const { assets } = await site({ 'index.html': '', '_astro/style.css': 'p{color:red}' });
    expect(assets).toEqual(['style.css']);
  });
});
