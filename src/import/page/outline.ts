import { rehypeHeadingIds } from '@astrojs/markdown-remark';
import type { Element, Root } from 'hast';
import type { Heading } from 'mdast';
import { toString as textContent } from 'mdast-util-to-string';
import { unified } from 'unified';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';

const giveIds = unified().use(rehypeHeadingIds).freeze();

/** A heading of the source and what it becomes. */
export interface OutlinedHeading {
  node: Heading;
  text: string;
  /** The id that GitHub gives it, which hand-made tables of contents name. */
  anchor: string;
  /** Its level on the page, below the page's own title. */
  depth: number;
  /** The id to write, where the site would give another. */
  explicitId: string | undefined;
}

/** Ids that every page has of its own. */
export const pageIds: ReadonlySet<string> = new Set([
  ...[
    'main',
    'sidebar',
    'toc',
    'toc-title',
    'search-dialog',
    'papers',
    'read-next',
    'run-it',
    'recorded-run',
  ],
  ...['bugs', 'when-not', 'footnote-label'],
]);

/**
 * The outline of a page. Its own title is the one `<h1>`, so the levels of the source move down as far as they
 * must, all alike, and none is left out on the way down. Each heading keeps the anchor that it had on GitHub.
 *
 * @param title the heading that became the page's title, which is no part of the text any more
 */
export function outline(headings: readonly Heading[], title: Heading | undefined): OutlinedHeading[] {
  const texts = headings.map(headingText);
  const anchors = idsOf(texts.map((text) => ({ text })));
  const kept = headings.flatMap((node, index) => (node === title ? [] : [{ node, index }]));
  const shift = 2 - Math.min(2, ...kept.map(({ node }) => node.depth));
  let level = 1;
  const outlined = kept.map(({ node, index }): OutlinedHeading => {
    const wanted = Math.min(6, Math.max(2, node.depth + shift));
    level = Math.min(wanted, level + 1);
    return {
      node,
      text: texts[index] ?? '',
      anchor: anchors[index] ?? '',
      depth: level,
      explicitId: undefined,
    };
  });
  return withExplicitIds(outlined);
}

/** What GitHub makes the anchor of: the text without markup; raw HTML counts for nothing. */
function headingText(heading: Heading): string {
  const parts: string[] = [];
  visit(heading, (node: Node) => {
    if (node.type === 'html') return;
    if ('alt' in node && typeof node.alt === 'string') parts.push(node.alt);
    else if ('value' in node && typeof node.value === 'string') parts.push(node.value);
  });
  return parts.join('').trim() || textContent(heading).trim();
}

/** Writes an id wherever the site, which counts repeated headings anew, would give another. */
function withExplicitIds(headings: readonly OutlinedHeading[]): OutlinedHeading[] {
  let outlined = [...headings];
  for (;;) {
    const given = idsOf(outlined.map(({ text, explicitId }) => ({ text, id: explicitId })));
    const wrong = outlined.filter(
      ({ anchor, explicitId }, index) =>
        explicitId === undefined && (given[index] !== anchor || pageIds.has(anchor)),
    );
    if (wrong.length === 0) return outlined;
    outlined = outlined.map((heading) =>
      wrong.includes(heading) ? { ...heading, explicitId: freeId(heading.anchor) } : heading,
    );
  }
}

/** An anchor that the page has for itself is written with `section` behind it. */
export function freeId(anchor: string): string {
  return pageIds.has(anchor) ? `${anchor}-section` : anchor;
}

/** The ids that the site gives to headings one after the other, those with an id of their own left out. */
function idsOf(headings: readonly { text: string; id?: string | undefined }[]): string[] {
  const elements = headings.map(({ text, id }): Element => {
    const properties = id === undefined ? {} : { id };
    return { type: 'element', tagName: 'h2', properties, children: [{ type: 'text', value: text }] };
  });
  const root: Root = { type: 'root', children: elements };
  giveIds.runSync(root);
  return elements.map(({ properties }) => String(properties.id));
}
