import type { Root } from 'mdast';
import { visitParents } from 'unist-util-visit-parents';
import { VFile } from 'vfile';
import { parse } from '../../markdown/parse.ts';
import { isTex } from './is-tex.ts';

/** A text whose dollar signs are either formulas or behind a backslash. */
export interface SettledText {
  text: string;
  tree: Root;
  /** Offsets of `text` where a backslash was put in, in order. */
  inserted: number[];
}

/**
 * Puts a backslash before each dollar sign that is no formula. As on GitHub, a formula of one dollar sign neither
 * begins nor ends with a space, and no letter or digit touches it from outside; and KaTeX must accept it.
 */
export function settleDollars(source: string): SettledText {
  let text = source;
  let inserted: number[] = [];
  // A sign that lost its partner may find another: so often at most, then all that are left are escaped.
  for (let pass = 0; ; pass += 1) {
    const tree = parse(new VFile(text), 'md');
    const offsets = strayDollars(tree, text, pass >= 6);
    if (offsets.length === 0) return { text, tree, inserted };
    ({ text, inserted } = insertBackslashes(text, offsets, inserted));
  }
}

function insertBackslashes(text: string, offsets: readonly number[], before: readonly number[]) {
  const sorted = [...new Set(offsets)].sort((a, b) => a - b);
  let result = '';
  let end = 0;
  for (const offset of sorted) {
    result += `${text.slice(end, offset)}\\`;
    end = offset;
  }
  const moved = before.map((at) => at + sorted.filter((offset) => offset <= at).length);
  const inserted = [...moved, ...sorted.map((offset, index) => offset + index)].sort((a, b) => a - b);
  return { text: result + text.slice(end), inserted };
}

/** Offsets of dollar signs that must not count as formulas. */
function strayDollars(tree: Root, text: string, all: boolean): number[] {
  const stray: number[] = [];
  visitParents(tree, (node) => {
    const start = node.position?.start.offset;
    const end = node.position?.end.offset;
    if (start === undefined || end === undefined) return;
    if (node.type === 'math' || node.type === 'inlineMath') {
      const isFormula = node.type === 'math' ? isClosed(text.slice(start, end)) : isSetOff(text, start, end);
      if (isFormula && !all && isTex(node.value, node.type === 'math')) return;
      const until =
        all && node.type === 'inlineMath' ? end : start + (/^\$+/.exec(text.slice(start))?.[0].length ?? 1);
      stray.push(...dollarsIn(text, start, until));
    }
    // A formula's own text nodes do not exist; what is left in text opens no formula.
    if (node.type === 'text') stray.push(...dollarsIn(text, start, end));
  });
  return stray;
}

/** Offsets of the dollar signs of a stretch that no backslash escapes. */
function dollarsIn(text: string, start: number, end: number): number[] {
  return [...text.slice(start, end).matchAll(/\$/g)].flatMap(({ index }) => {
    const offset = start + index;
    const slashes = /\\*$/.exec(text.slice(Math.max(0, offset - 20), offset))?.[0].length ?? 0;
    return slashes % 2 === 0 ? [offset] : [];
  });
}

function isClosed(block: string): boolean {
  const fence = /^\$+/.exec(block)?.[0] ?? '$$';
  return new RegExp(`\\n[>\\s]*\\${[...fence].join('\\')}\\$*[ \\t]*$`).test(block);
}

/** Whether a formula is written as one, and not `$5 and $6`, `$HOME/$USER`. */
function isSetOff(text: string, start: number, end: number): boolean {
  const inner = text.slice(start, end).replace(/^\$+|\$+$/g, '');
  if (text.startsWith('$$', start)) return inner.trim() !== '';
  if (/^\s|\s$/.test(inner)) return false;
  return !/[\p{L}\p{N}]/u.test(text[start - 1] ?? '') && !/[\p{L}\p{N}]/u.test(text[end] ?? '');
}
