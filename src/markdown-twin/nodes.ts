import type { BlockContent, Code, List, Paragraph, PhrasingContent, RootContent, TableRow } from 'mdast';

/** Short ways to write Markdown trees. Strings are text; what stands between backticks is code. */
export type Words = string | PhrasingContent | readonly (string | PhrasingContent)[];

/** Phrasing from words. */
export function phrasing(words: Words): PhrasingContent[] {
  const parts = Array.isArray(words) ? words : [words];
  return parts.flatMap((part: string | PhrasingContent) =>
    typeof part === 'string' ? ticked(part) : [part],
  );
}

export function paragraph(...words: (string | PhrasingContent)[]): Paragraph {
  return { type: 'paragraph', children: phrasing(words) };
}

export function heading(depth: 1 | 2 | 3, words: Words): RootContent {
  return { type: 'heading', depth, children: phrasing(words) };
}

export function strong(...words: (string | PhrasingContent)[]): PhrasingContent {
  return { type: 'strong', children: phrasing(words) };
}

export function emphasis(...words: (string | PhrasingContent)[]): PhrasingContent {
  return { type: 'emphasis', children: phrasing(words) };
}

export function code(value: string): PhrasingContent {
  return { type: 'inlineCode', value };
}

export function link(url: string, ...words: (string | PhrasingContent)[]): PhrasingContent {
  return { type: 'link', url, children: phrasing(words) };
}

export function fence(value: string, lang: string): Code {
  return { type: 'code', lang, value };
}

export function list(items: readonly (readonly BlockContent[])[], ordered = false): List {
  return {
    type: 'list',
    ordered,
    spread: false,
    children: items.map((children) => ({ type: 'listItem', spread: false, children: [...children] })),
  };
}

/** A table; `rows` begin with the heads. */
export function table(rows: readonly (readonly PhrasingContent[])[][]): RootContent {
  return {
    type: 'table',
    children: rows.map(
      (cells): TableRow => ({
        type: 'tableRow',
        children: cells.map((children) => ({ type: 'tableCell', children: children.map(inCell) })),
      }),
    ),
  };
}

/** A bar would end the cell, even inside a formula: TeX has a name for it. A line break becomes a space. */
function inCell(node: PhrasingContent): PhrasingContent {
  if (node.type === 'inlineMath') {
    return { ...node, value: node.value.replaceAll('\\|', '\\Vert{}').replaceAll('|', '\\vert{}') };
  }
  if (node.type === 'break') return { type: 'text', value: ' ' };
  return 'children' in node ? { ...node, children: node.children.map(inCell) } : node;
}

function ticked(words: string): PhrasingContent[] {
  return words
    .split('`')
    .map((value, index): PhrasingContent => ({ type: index % 2 === 0 ? 'text' : 'inlineCode', value }))
    .filter((node) => !('value' in node) || node.value !== '');
}
