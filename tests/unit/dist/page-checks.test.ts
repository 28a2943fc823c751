import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PageCheck } from '../../../src/checks/dist/check.ts';
import { checkHeadings } from '../../../src/checks/dist/headings.ts';
import { checkHtml } from '../../../src/checks/dist/html-valid.ts';
import { checkInlineStyle } from '../../../src/checks/dist/inline-style.ts';
import { checkKatexClasses } from '../../../src/checks/dist/katex.ts';
import { readPage } from '../../../src/checks/dist/page.ts';
import { checkPageHead } from '../../../src/checks/dist/page-head.ts';
import { budget, overBudget, weigh } from '../../../src/checks/dist/page-weight.ts';
import { checkThirdParty } from '../../../src/checks/dist/third-party.ts';
import { html, onePage, siteOf } from './site.ts';

const messages = (check: PageCheck, text: string) =>
  check(...onePage(text)).map(({ code, message }) => `${code}: ${message}`);

test('a finding names the built file, the line and the column', () => {
  expect(checkInlineStyle(...onePage(html('\n <p style="color:red">x</p>')))).toEqual([
    {
      code: 'inline-style',
      severity: 'error',
      file: 'dist/index.html',
      line: 2,
      column: 2,
      message: 'expected a class on <p>, found style="color:red"',
    },
  ]);
});

test('formulas may carry style attributes', () => {
  const formula = '<span class="katex"><span class="strut" style="height:1em"></span></span>';
  expect(messages(checkInlineStyle, html(formula))).toEqual([]);
});

describe('headings', () => {
  test.each([
    ['<h1>A</h1><h2>B</h2><h3>C</h3><h2>D</h2>', []],
    ['<h2>B</h2>', ['expected one <h1>, found 0', 'expected <h1> at the start, found <h2>']],
    ['<h1>A</h1><h3>C</h3>', ['expected <h2> after <h1>, found <h3>']],
    ['<h1>A</h1><h1>B</h1>', ['expected one <h1>, found 2']],
  ])('%s', (body, expected) => {
    expect(messages(checkHeadings, html(body))).toEqual(
      expected.map((message) => `heading-order: ${message}`),
    );
  });
});

test('a page says its language, title, description and address', () => {
  expect(messages(checkPageHead, html(''))).toEqual([]);
  expect(messages(checkPageHead, '<!doctype html><html><head><title> </title></head></html>')).toEqual([
    'page-head: expected a <title>, found none',
    'page-head: expected <html lang>, found none',
    'page-head: expected <meta name="description">, found none',
    'page-head: expected <link rel="canonical">, found none',
  ]);
  expect(messages(checkPageHead, html('', 'other/'))).toEqual([
    'page-head: expected the canonical address https://site.test/base/, found https://site.test/base/other/',
  ]);
});

test('a redirect needs no head and no headings', () => {
  const redirect = '<!doctype html><meta http-equiv="refresh" content="0;url=/base/">';
  expect([messages(checkPageHead, redirect), messages(checkHeadings, redirect)]).toEqual([[], []]);
});

test('files of other hosts are found, links to them are not', () => {
  const body = `<script src="//cdn.test/a.js"></script><img src="https://img.test/b.png" alt="">
    <a href="https://arxiv.org/">paper</a><img src="/base/c.png" alt=""><img src="https://site.test/base/d.png" alt="">`;
  expect(messages(checkThirdParty, html(body))).toEqual([
    'third-party: expected a file of this site, found //cdn.test/a.js',
    'third-party: expected a file of this site, found https://img.test/b.png',
  ]);
});

test('a class of a formula without a rule is of another KaTeX', () => {
  const body =
    '<span class="katex"><span class="vlist mord new-layout">x</span></span><p class="other">y</p>';
  const context = siteOf({ 'index.html': html(body), '_astro/k.css': '.katex .vlist{display:table-cell}' });
  const found = checkKatexClasses(context.site)(readPage(context.site, 'index.html'), context);
  expect(found.map(({ message }) => message)).toEqual([
    'expected a rule for the class "new-layout" of a formula, found none in any style sheet',
  ]);
});

test('invalid HTML is found', () => {
  expect(messages(checkHtml, html('<h1>A</h1><p>fine</p>'))).toEqual([]);
  expect(messages(checkHtml, html('<p id="a">x</p><p id="a">y</p><ul><p>z</p></ul>'))).toEqual([
    expect.stringContaining('(no-dup-id)'),
    expect.stringContaining('(element-permitted-content)'),
  ]);
});

describe('weight', () => {
  const head =
    '<link rel="stylesheet" href="/base/a.css"><link rel="stylesheet" href="/base/paper.css" media="print"><script type="module" src="/base/_astro/a.js"></script>';
  const heavy = randomBytes(20_000).toString('hex');
  const site = (js: string) =>
    siteOf({
      'guides/x/index.html': html(head),
      'guides/index.html': html(head),
      'a.css': 'p{color:red}',
      'paper.css': 'p{margin:0}',
      '_astro/a.js': `import{b}from"./b.js";const later=()=>import("./later.js")`,
      '_astro/b.js': js,
      '_astro/later.js': heavy.repeat(9),
    });
  const check = (js: string, path: string) => {
    const context = site(js);
    const page = readPage(context.site, path);
    return overBudget(page, weigh(page, context));
  };

  test('counts styles, those for paper too, and static imports, but not what is imported later', () => {
    const context = site('export const b=1');
    expect(weigh(readPage(context.site, 'guides/x/index.html'), context)).toEqual({
      html: expect.any(Number),
      css: 63,
      js: expect.any(Number),
    });
    expect(check('export const b=1', 'guides/x/index.html')).toEqual([]);
  });

  test('a page over the budget of scripts fails, a list that grows with the content does not', () => {
    expect(
      check(heavy, 'guides/x/index.html').map(({ message }) => message.replace(/found .*/, 'found …')),
    ).toEqual(['expected at most 12.0 KiB of JavaScript after gzip, found …']);
    expect(check(heavy, 'guides/index.html')).toEqual([]);
    expect(budget).toEqual({ total: 61_440, js: 12_288 });
  });
});
