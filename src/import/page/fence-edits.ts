import type { Code } from 'mdast';
import { parseFence } from '../../markdown/fence.ts';
import type { Edit } from './edits.ts';
import { isTex } from './is-tex.ts';

/** Words that name a language here and something else on the site. */
const languages: Readonly<Record<string, string>> = {
  dot: 'graphviz',
  output: 'text',
  // Under these names no check would read the code.
  ...Object.fromEntries(['py', 'py3', 'python3', 'ipython'].map((name) => [name, 'python'])),
};

/**
 * The first line of a fence, in words that the site knows. What stood behind the language is for tools and never
 * shown; a `math` fence is a formula, as on GitHub, or code when it is no valid TeX.
 */
export function fenceEdits(text: string, node: Code): Edit[] {
  const start = node.position?.start.offset ?? 0;
  const end = node.position?.end.offset ?? 0;
  const open = /^(?<fence>`{3,}|~{3,})(?<info>[^\n]*)/.exec(text.slice(start, end))?.groups;
  if (!open || node.lang === null || node.lang === undefined) return [];
  const { fence = '', info = '' } = open;
  if (node.lang === 'math' && isTex(node.value, true) && !node.value.includes('$$')) {
    const close = new RegExp(`${fence[0]}{${fence.length},}[ \\t]*$`).exec(text.slice(start, end));
    if (close) {
      return [
        { start, end: start + fence.length + info.length, text: '$$' },
        { start: start + close.index, end, text: '$$' },
      ];
    }
  }
  const wanted = [languageOf(node.lang), metaOf(node.meta ?? '')].filter(Boolean).join(' ');
  if (wanted === info.trim()) return [];
  return [{ start: start + fence.length, end: start + fence.length + info.length, text: wanted }];
}

function languageOf(written: string): string {
  const name = written.toLowerCase();
  if (name === 'math') return 'latex';
  if (Object.hasOwn(languages, name)) return languages[name] ?? 'text';
  return /^[a-z0-9+#._-]+$/.test(name) ? name : 'text';
}

function metaOf(meta: string): string {
  const { fence, unknown } = parseFence(meta);
  return unknown.length === 0 && !fence.unchecked && !fence.norun ? meta.trim() : '';
}
