import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { fontFaces, formulaFonts } from '../../src/checks/dist/font-files.ts';
import { pagePaths } from '../../src/checks/dist/index.ts';
import { readPage } from '../../src/checks/dist/page.ts';
import { readText } from '../../src/checks/dist/site-files.ts';
import { readRules } from '../../src/styles/katex/rules.ts';
import { builtSite } from './built-site.ts';

const context = builtSite();
const { site, base } = context;
const sheets = [...site.paths].filter((path) => /^_astro\/katex\..*\.css$/.test(path));
const sheet = readText(site, sheets[0] ?? '');
const fonts = [...site.paths].filter((path) => /\.(woff2?|ttf|otf|eot)$/.test(path));

test('there is one style sheet of formulas, and every font is woff2 and used by a sheet', () => {
  expect(sheets).toHaveLength(1);
  expect(fonts.filter((path) => !path.endsWith('.woff2'))).toEqual([]);
  const css = [...site.paths].filter((path) => path.endsWith('.css')).map((path) => readText(site, path));
  expect(fonts.filter((path) => !css.some((text) => text.includes(path)))).toEqual([]);
});

test('exactly the pages with formulas load their sheet, and it offers every face that they are drawn with', () => {
  // The whole sheet tells the face of each letter: a rule that was cut too much would tell another.
  const whole = readRules(
    readFileSync(createRequire(import.meta.url).resolve('katex/dist/katex.min.css'), 'utf8'),
  );
  const faces = fontFaces(sheet, base);
  const used = new Set<string>();
  const mistakes: string[] = [];
  let withFormulas = 0;
  for (const path of pagePaths(context)) {
    const page = readPage(site, path);
    const links = page.elements.some(
      ({ tag, attributes: { href } }) => tag === 'link' && href === base + sheets[0],
    );
    const hasFormulas = page.formulaLetters.size > 0;
    if (hasFormulas) withFormulas += 1;
    if (hasFormulas !== links) mistakes.push(`${path} ${links ? 'loads' : 'lacks'} the sheet of formulas`);
    const { files, missing } = formulaFonts(page, whole, faces);
    for (const file of files) used.add(file);
    for (const [face, letters] of missing) mistakes.push(`${path} lacks ${face} for "${letters}"`);
  }
  expect(mistakes).toEqual([]);
  expect(withFormulas).toBeGreaterThan(20);
  for (const file of used) expect(site.paths).toContain(file);
  // What is there and no letter asks for: at most the faces that weight and slant might combine to.
  const offered = new Set(faces.map(({ file }) => file));
  expect([...offered].filter((file) => !used.has(file)).length).toBeLessThan(5);
});
