import type { Element, Root, RootContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import type { Place } from '../../errors/problem.ts';
import { readText, type SiteFiles } from './site-files.ts';

/** An element of a built page, with where it stands. */
export interface PageElement {
  tag: string;
  /** Attributes as text, by their HTML names. */
  attributes: Readonly<Record<string, string>>;
  place: Place;
  /** It lies inside a formula. */
  inKatex: boolean;
}

/** A built page, parsed once for all checks. */
export interface SitePage {
  /** `guides/dpo-loss/index.html` */
  path: string;
  /** As messages show it: `dist/guides/dpo-loss/index.html`. */
  file: string;
  /** Path on the site without base: `/guides/dpo-loss/`. */
  url: string;
  html: string;
  /** In document order. */
  elements: readonly PageElement[];
  /** Text of `<title>`, folded. */
  title: string;
  /** The letters that formulas draw, by what they lie in: `span.katex span.katex-html span.mord.mathbb` has "E". */
  formulaLetters: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Reads and parses one page of a site. */
export function readPage(site: SiteFiles, path: string): SitePage {
  const file = `${site.name}/${path}`;
  const html = readText(site, path);
  const elements: PageElement[] = [];
  let title = '';
  const formulaLetters = new Map<string, Set<string>>();
  /** @param around the formula's elements that the node lies in; '' outside */
  const walk = (node: Root | RootContent, around: string) => {
    const inKatex = around !== '';
    if (node.type === 'text' && around.includes('.katex-html')) {
      const letters = formulaLetters.get(around) ?? new Set();
      formulaLetters.set(around, letters);
      for (const letter of node.value) letters.add(letter);
    }
    if (node.type === 'element') {
      elements.push(toPageElement(node, file, inKatex));
      if (node.tagName === 'title' && title === '') title = textOf(node).replace(/\s+/g, ' ').trim();
    }
    const inside = inKatex || (node.type === 'element' && classes(node).includes('katex'));
    const within = inside && node.type === 'element' ? `${around} ${step(node)}`.trimStart() : around;
    if ('children' in node) for (const child of node.children) walk(child, within);
  };
  walk(fromHtml(html), '');
  return { path, file, url: urlOf(path), html, elements, title, formulaLetters };
}

/** The path on the site that serves a file: `guides/x/index.html` is `/guides/x/`. */
export function urlOf(path: string): string {
  return `/${path.replace(/(^|\/)index\.html$/, '$1')}`;
}

function toPageElement(node: Element, file: string, inKatex: boolean): PageElement {
  const start = node.position?.start;
  return {
    tag: node.tagName,
    attributes: Object.fromEntries(
      Object.entries(node.properties).map(([name, value]) => [htmlName(name), attributeText(value)]),
    ),
    place: { file, line: start?.line ?? 1, column: start?.column ?? 1 },
    inKatex,
  };
}

/** hast's property names back to HTML's, for the ones that the checks read. */
function htmlName(property: string): string {
  if (property === 'className') return 'class';
  if (property === 'httpEquiv') return 'http-equiv';
  if (/^data[A-Z]/.test(property)) return property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return property;
}

function attributeText(value: Element['properties'][string]): string {
  return Array.isArray(value) ? value.join(' ') : String(value ?? '');
}

function classes({ properties: { className } }: Element): (string | number)[] {
  return Array.isArray(className) ? className : [];
}

/** An element as a selector: `span.mord.mathbb`. */
function step(node: Element): string {
  return [node.tagName, ...classes(node)].join('.');
}

function textOf(node: Element | RootContent): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}
