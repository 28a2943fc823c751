import { escapeHtml } from './html-tokens.ts';

/*
 * The raw HTML that an imported page keeps. A tag that is kept is written anew, from its name and the attributes
 * below: nothing of the author's spelling goes through. Every other tag is shown as text.
 */

const inline = ['a', 'abbr', 'b', 'cite', 'code', 'del', 'dfn', 'em', 'i', 'ins', 'kbd', 'mark', 'q'];
const moreInline = ['s', 'samp', 'small', 'span', 'strong', 'sub', 'sup', 'u', 'var'];
const phrasing = new Set([...inline, ...moreInline, 'br', 'wbr']);
const lists = ['ul', 'ol', 'li', 'dl', 'dt', 'dd'];
const tables = ['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'];
/** Those that begin a block of HTML in Markdown, wherever they stand at the start of a line. */
const flow = new Set(['div', 'details', 'summary', 'blockquote', 'hr', 'pre', ...lists, ...tables]);
export const voids: ReadonlySet<string> = new Set(['br', 'wbr', 'hr', 'img']);

/** What only arranged the text: its words matter. Headings in HTML are among them: they have no place in the outline. */
const blocks = [
  'p',
  'center',
  'section',
  'article',
  'header',
  'footer',
  'main',
  'nav',
  'figure',
  'figcaption',
  'picture',
];
const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];
const arranging = new Map([
  ...[...blocks, ...headings].map((name) => [name, 'div'] as const),
  ...['font', 'big', 'tt', 'nobr'].map((name) => [name, 'span'] as const),
]);

/**
 * The element that a tag becomes, or undefined for one that is shown as text.
 *
 * @param isFlow the tag stands in a block of HTML; in a paragraph, blocks are no option
 */
export function keptName(name: string, isFlow: boolean): string | undefined {
  const kept = arranging.get(name) ?? name;
  if (phrasing.has(kept)) return kept;
  if (isFlow && flow.has(kept)) return kept;
  return kept === 'div' ? 'span' : undefined;
}

/** Whether Markdown reads what follows this tag as HTML, up to the next blank line. */
export function beginsBlock(name: string): boolean {
  return flow.has(name);
}

const numeric = new Set(['colspan', 'rowspan', 'start']);

/** An opening tag as it is written on the page. `href` is an address that was judged before. */
export function tagText(
  name: string,
  attributes: ReadonlyMap<string, string>,
  { id, href }: { id?: string | undefined; href?: string | undefined } = {},
): string {
  const kept = [...attributes].flatMap(([key, value]) => {
    if (numeric.has(key) && /^\d{1,3}$/.test(value)) return [` ${key}="${value}"`];
    return key === 'open' && name === 'details' ? [' open'] : [];
  });
  const own = [id && ` id="${escapeHtml(id)}"`, href && ` href="${escapeHtml(href)}"`].filter(Boolean);
  return `<${[name, ...own, ...kept].join('')}>`;
}

const names = [...phrasing, ...flow].join('|');
const attributeText = '(?: (?:id|href|colspan|rowspan|start)="[^"<>]*"| open)*';
const written = new RegExp(`^</?(?:${names})${attributeText}>`);

/** Whether every tag of a piece of HTML is one that `tagText` writes: the proof that nothing else went through. */
export function isWrittenByImport(html: string): boolean {
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
    if (!written.test(html.slice(at))) return false;
  }
  return true;
}
