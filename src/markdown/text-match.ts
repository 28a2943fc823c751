import type { PhrasingContent, Root, Text } from 'mdast';
import type { Point, Position } from 'unist';
import { SKIP, visitParents } from 'unist-util-visit-parents';
import type { VFile } from 'vfile';

/** A match in the prose: what it says, and where it stands in the file when that is known. */
export interface ProseMatch {
  text: string;
  groups: Record<string, string | undefined>;
  place: Position | undefined;
}

/**
 * Replaces what `pattern` matches in prose: in text, but not in links or their labels.
 *
 * @param pattern with the flag `g`
 * @param replacement the nodes to put in place of a match; undefined keeps the text
 */
export function replaceInProse(
  tree: Root,
  file: VFile,
  pattern: RegExp,
  replacement: (match: ProseMatch) => PhrasingContent[] | undefined,
): void {
  visitParents(tree, 'text', (node, ancestors) => {
    const parent = ancestors.at(-1);
    if (!parent || ancestors.some(({ type }) => type === 'link' || type === 'linkReference'))
      return undefined;
    const parts: PhrasingContent[] = [];
    const seen = new Map<string, number>();
    let end = 0;
    for (const match of node.value.matchAll(pattern)) {
      const [text] = match;
      const occurrence = seen.get(text) ?? 0;
      seen.set(text, occurrence + 1);
      const place = placeInSource(file, node, text, occurrence);
      const nodes = replacement({ text, groups: match.groups ?? {}, place });
      if (!nodes) continue;
      if (match.index > end) parts.push({ type: 'text', value: node.value.slice(end, match.index) });
      parts.push(...nodes);
      end = match.index + text.length;
    }
    if (parts.length === 0) return undefined;
    if (end < node.value.length) parts.push({ type: 'text', value: node.value.slice(end) });
    // The parent is any node with children; text stands only where phrasing may stand.
    const siblings: unknown[] = parent.children;
    const index = siblings.indexOf(node);
    siblings.splice(index, 1, ...parts);
    return [SKIP, index + parts.length];
  });
}

/**
 * The place of the n-th occurrence of a text inside a node. Smart punctuation and character references
 * change the length of the value, so the source is searched, not counted.
 */
export function placeInSource(
  file: VFile,
  node: Text | { position?: Position | undefined },
  text: string,
  occurrence = 0,
): Position | undefined {
  const start = node.position?.start.offset;
  const end = node.position?.end.offset;
  if (start === undefined || end === undefined) return node.position;
  const source = String(file).slice(start, end);
  let at = -1;
  for (let count = 0; count <= occurrence; count += 1) {
    at = source.indexOf(text, at + 1);
    if (at < 0) return node.position;
  }
  return { start: pointAt(file, start + at), end: pointAt(file, start + at + text.length) };
}

/** Line and column of an offset of the file. */
export function pointAt(file: VFile, offset: number): Point {
  const before = String(file).slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1, offset };
}
