import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { isWrittenByImport } from './html-tags.ts';
import { htmlTokens } from './html-tokens.ts';

const github = unified().use(remarkParse).use(remarkGfm).freeze();

/** What a reader sees of a text: its words in order, and its code to the character. */
export interface VisibleText {
  words: string[];
  /** Blocks of code and inline code. */
  code: string[];
}

/** The visible text of a source, read as GitHub reads it. */
export function visibleOnGithub(text: string): VisibleText {
  return visibleText(github.parse(text));
}

/** The visible text of a tree. Formulas count by their TeX. */
export function visibleText(tree: Root): VisibleText {
  const parts: string[] = [];
  const code: string[] = [];
  visit(tree, (node) => {
    if (node.type === 'code' || node.type === 'inlineCode') code.push(node.value);
    if (node.type === 'html') parts.push(withoutTags(node.value));
    else if ('value' in node && typeof node.value === 'string') parts.push(node.value);
    else if ('alt' in node && typeof node.alt === 'string') parts.push(node.alt);
  });
  return { words: parts.flatMap(wordsOf), code };
}

/** Letters and digits in a row, and each sign beyond ASCII (→, ≥, ✅, │). */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}\s\0-\x7f\p{Cf}‘’“”…]/gu) ?? [];
}

export function withoutTags(html: string): string {
  return htmlTokens(html)
    .filter(({ source }) => source !== '<')
    .reduceRight((left, { start, end }) => `${left.slice(0, start)} ${left.slice(end)}`, html)
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}

/** The first word of `wanted` that `found` lacks, in order; undefined when all are there. */
export function firstMissing(wanted: readonly string[], found: readonly string[]): string | undefined {
  let at = 0;
  for (const word of wanted) {
    at = found.indexOf(word, at) + 1;
    if (at === 0) return word;
  }
  return undefined;
}

/**
 * Whether a page's body holds nothing that a browser would run: raw HTML that only an import writes, and addresses
 * of known kinds. Returns what it found otherwise.
 */
export function firstDanger(body: Root): string | undefined {
  let danger: string | undefined;
  visit(body, (node) => {
    if (node.type === 'html' && !isWrittenByImport(node.value)) danger ??= node.value;
    if ('url' in node && typeof node.url === 'string' && !isHarmless(node.url)) danger ??= node.url;
    if (node.type === 'image' || node.type === 'imageReference') danger ??= 'a picture';
  });
  return danger;
}

function isHarmless(url: string): boolean {
  return /^(?:https?:|mailto:|#|\/(?!\/))/i.test(url);
}
