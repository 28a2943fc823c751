import type { Element, Nodes } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toString as textContent } from 'mdast-util-to-string';
import { SKIP, visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { expect, test } from 'vitest';
import { readText } from '../../src/checks/dist/site-files.ts';
import { parse } from '../../src/markdown/parse.ts';
import { hasClass } from '../../src/search/html.ts';
import { builtSite } from './built-site.ts';

/*
 * Nothing of a page is lost in its Markdown twin: words, code, formulas, headings, tables. What stands in
 * `allowed` differs by design, and each has a check of its own, here or in tests/unit/markdown-twin.
 */
const { site, origin, base } = builtSite();
const twins = [...site.paths].filter((path) => /^(trainers|guides|examples)\/[^/]+\/index\.md$/.test(path));

/** Elements whose words the twin says otherwise. */
const allowed: readonly { what: string; is: (element: Element) => boolean }[] = [
  { what: 'formulas are TeX', is: (element) => hasClass(element, 'katex') },
  { what: 'a drawing is its DOT source, a plot its numbers', is: ({ tagName }) => tagName === 'svg' },
  { what: 'a plot has a table of fewer rows', is: (element) => hasClass(element, 'plot-numbers') },
  { what: 'an explorer is a link', is: ({ tagName }) => tagName.startsWith('explorer-') },
  { what: 'markers are comments in the code', is: (element) => hasClass(element, 'marker') },
  { what: 'code is compared as a whole', is: (element) => element.tagName === 'pre' },
];

/** The parts of `<main>` that an author wrote, or that stand for what was recorded. */
function written(html: string): Element[] {
  const found: Element[] = [];
  visit(fromHtml(html), 'element', (element) => {
    const isPart = ['prose', 'standfirst', 'run-box', 'papers', 'next'].some((name) =>
      hasClass(element, name),
    );
    if (isPart || element.tagName === 'h1') found.push(element);
  });
  return found;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Text of HTML, each piece apart from the next, as the nodes of Markdown are. */
function htmlText(node: Nodes): string {
  if (node.type === 'text') return node.value;
  if (node.type === 'element' && allowed.some(({ is }) => is(node))) return ' ';
  return 'children' in node ? node.children.map((child) => ` ${htmlText(child)} `).join('') : '';
}

/** How often each word occurs. */
function counted(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function rawText(node: Nodes): string {
  if (node.type === 'element' && hasClass(node, 'marker')) return '';
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(rawText).join('') : '';
}

const withoutMarkers = (code: string) =>
  code
    .replace(/[ \t]*# \(\d+\)(?: \(\d+\))*$/gm, '')
    .replace(/[ \t]+$/gm, '')
    .trimEnd();

test('every entry page has a twin, and its head names it', () => {
  const pages = [...site.paths].filter((path) =>
    /^(trainers|guides|examples)\/[^/]+\/index\.html$/.test(path),
  );
  expect(twins.length).toBeGreaterThan(0);
  expect(pages.map((path) => path.replace(/html$/, 'md'))).toEqual(twins);
  for (const path of pages) {
    expect(readText(site, path)).toContain('<link rel="alternate" type="text/markdown" href="index.md"');
  }
});

test.each(twins)('%s has all words, code, formulas and headings of its page', (path) => {
  const html = readText(site, path.replace(/md$/, 'html'));
  const parts = written(html);
  const tree = parse(new VFile(readText(site, path)), 'md');

  const code: string[] = [];
  const headings: string[] = [];
  const text: string[] = [];
  let formulas = 0;
  visit(tree, (node) => {
    if (node.type === 'code' && node.lang !== 'dot') code.push(withoutMarkers(node.value));
    if (node.type === 'heading') headings.push(wordsOf(textOfProse(node.children)).join(' '));
    if (node.type === 'math' || node.type === 'inlineMath') formulas += 1;
    if (node.type === 'text' || node.type === 'inlineCode') text.push(node.value);
    // DOT breaks a label by \\n, \\l or \\r.
    if (node.type === 'code')
      text.push(node.lang === 'dot' ? node.value.replace(/\\[nlr]/g, ' ') : node.value);
  });

  const own = counted(text.flatMap(wordsOf));
  const missing = [...counted(parts.flatMap((part) => wordsOf(htmlText(part))))].filter(
    ([word, count]) => (own.get(word) ?? 0) < count,
  );
  expect(missing).toEqual([]);

  const shown: string[] = [];
  const drawn: string[] = [];
  const titles: string[] = [];
  let rendered = 0;
  for (const part of parts) {
    visit(part, 'element', (element) => {
      if (element.tagName.startsWith('explorer-')) return SKIP;
      if (element.tagName === 'pre') shown.push(withoutMarkers(rawText(element)));
      if (hasClass(element, 'katex') && !hasClass(element, 'katex-display')) rendered += 1;
      if (/^h[1-3]$/.test(element.tagName)) titles.push(wordsOf(htmlText(element)).join(' '));
      if (element.tagName === 'text' && !/\bfig-/.test(String(element.properties.className ?? ''))) {
        drawn.push(...wordsOf(textContent(element)));
      }
      return undefined;
    });
  }
  expect(shown.filter((block) => !code.includes(block))).toEqual([]);
  expect(code.length).toBeGreaterThanOrEqual(shown.length);
  expect(formulas).toBeGreaterThanOrEqual(rendered);
  expect(titles.filter((title) => !headings.includes(title))).toEqual([]);
  expect(drawn.filter((word) => !own.has(word))).toEqual([]);
});

test.each(twins)('every link of %s is a whole address', (path) => {
  const urls: string[] = [];
  visit(parse(new VFile(readText(site, path)), 'md'), (node) => {
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition') urls.push(node.url);
  });
  expect(urls.filter((url) => !/^https?:\/\//.test(url))).toEqual([]);
  // Whether those of this site lead somewhere is checked with the links of pages.
  expect(urls.some((url) => url.startsWith(`${origin}${base}`))).toBe(true);
});

/** Text without formulas: on the page they are no words either. */
function textOfProse(nodes: readonly Parameters<typeof textContent>[0][]): string {
  return nodes
    .map((node) => {
      const isFormula =
        typeof node === 'object' && node !== null && 'type' in node && node.type === 'inlineMath';
      return isFormula ? ' ' : textContent(node);
    })
    .join('');
}
