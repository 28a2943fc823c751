import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { fontFaces } from '../../../src/checks/dist/font-files.ts';
import { rest, smallFaces, smallKatexFaces, withRests } from '../../../src/styles/katex/small-faces.ts';
import { lettersOf } from './woff2-letters.ts';

const folder = 'src/styles/fonts';
const css = readFileSync('src/styles/fonts.css', 'utf8') + smallFaces();
const faces = fontFaces(css, './');
const katexFont = (name: string) =>
  readFileSync(createRequire(import.meta.url).resolve(`katex/dist/fonts/${name}.woff2`));

test('each file of ours is in a rule, and each rule claims exactly the letters of its file', () => {
  const files = readdirSync(folder);
  expect([...new Set(faces.map(({ file }) => basename(file)))].sort()).toEqual(files.sort());
  for (const { file, has } of faces) {
    const letters = lettersOf(readFileSync(join(folder, basename(file))));
    const claimed = Array.from({ length: 0xffff }, (_, code) => code).filter(
      (code) => (code < 0xd800 || code > 0xdfff) && has(String.fromCodePoint(code)),
    );
    expect([file, claimed.filter((code) => !letters.has(code))]).toEqual([file, []]);
    expect([file, [...letters].filter((code) => !claimed.includes(code))]).toEqual([file, []]);
  }
});

test("KaTeX's small files and the rest of its own have every sign of KaTeX's face", () => {
  const names = {
    'katex-main.woff2': 'Main-Regular',
    'katex-main-bold.woff2': 'Main-Bold',
    'katex-blackboard.woff2': 'AMS-Regular',
  };
  for (const { file, range } of smallKatexFaces) {
    const name = new Map(Object.entries(names)).get(file);
    const rule = (unicodeRange: string) =>
      fontFaces(`@font-face{font-family:X;src:url(x);unicode-range:${unicodeRange}}`, '/')[0];
    const signs = [...lettersOf(katexFont(`KaTeX_${name}`))].map((code) => String.fromCodePoint(code));
    expect(signs.length).toBeGreaterThan(100);
    expect([file, signs.filter((sign) => !rule(range)?.has(sign) && !rule(rest)?.has(sign))]).toEqual([
      file,
      [],
    ]);
  }
});

test('a face without a small file keeps all its signs', () => {
  const rule = '@font-face{font-family:KaTeX_Math;font-style:italic;font-weight:400;src:url(m.woff2)}';
  expect(withRests(rule)).toBe(rule);
});
