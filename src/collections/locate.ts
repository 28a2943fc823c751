import { type Document, isMap, isNode, isPair, isScalar, isSeq, type LineCounter, type Node } from 'yaml';
import { editOf, shifted } from '../errors/fix.ts';
import type { Place } from '../errors/problem.ts';
import type { DataPath, Origin } from './origin.ts';

/**
 * Maps paths of a YAML document to places in its file.
 *
 * @param text what the document was parsed from
 * @param firstLine line of the file where the YAML begins (frontmatter begins at 2)
 */
export function yamlOrigin(
  document: Document,
  text: string,
  counter: LineCounter,
  file: string,
  firstLine: number,
): Origin {
  const place = (node: Node): Place => {
    const [start, end] = node.range ?? [0, 0];
    const from = counter.linePos(start);
    const to = counter.linePos(Math.max(start, end));
    // A mark of several lines is a mark of the first one's key: its width would mislead.
    const length = to.line === from.line ? Math.max(1, to.col - from.col) : 1;
    return { file, line: Math.max(1, from.line) + firstLine - 1, column: Math.max(1, from.col), length };
  };
  return {
    file,
    locate(path, part = 'value') {
      const found = deepest(document.contents, path);
      if (!found) return { file, line: firstLine, column: 1 };
      if (found.depth === path.length && part === 'value' && found.value) return place(found.value);
      if (found.key) return place(found.key);
      return found.value && found.depth === path.length
        ? place(found.value)
        : { file, line: firstLine, column: 1 };
    },
    rewrite(path, how) {
      const found = deepest(document.contents, path);
      if (found?.depth !== path.length || !isScalar(found.value)) return undefined;
      const [start, end] = found.value.range ?? [0, 0];
      const raw = text.slice(start, end);
      const written = raw === '' || raw.includes('\n') ? undefined : how(raw);
      return written === undefined ? undefined : shifted(editOf(text, start, end, written), firstLine - 1, 0);
    },
  };
}

interface Found {
  depth: number;
  key: Node | undefined;
  value: Node | undefined;
}

/** Follows `path` as far as the document goes. A list item stands for its own key. */
function deepest(root: Node | null, path: DataPath): Found | undefined {
  if (!root) return undefined;
  let found: Found = { depth: 0, key: undefined, value: root };
  for (const step of path) {
    const next = child(found.value, step);
    if (!next) return found;
    found = { depth: found.depth + 1, ...next };
  }
  return found;
}

function child(node: Node | undefined, step: PropertyKey): Omit<Found, 'depth'> | undefined {
  if (isMap(node)) {
    const pair = node.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === step,
    );
    if (!pair) return undefined;
    return { key: asNode(pair.key), value: asNode(pair.value) };
  }
  if (isSeq(node) && typeof step === 'number') {
    const item = asNode(node.items[step]);
    return item && { key: firstKey(item) ?? item, value: item };
  }
  return undefined;
}

/** The first key of a mapping: where a reader looks for a record of a list. */
function firstKey(node: Node): Node | undefined {
  return isMap(node) ? asNode(node.items[0]?.key) : undefined;
}

function asNode(value: unknown): Node | undefined {
  return isNode(value) ? value : undefined;
}
