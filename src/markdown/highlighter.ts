import type { ElementContent } from 'hast';
import { type BundledLanguage, bundledLanguages, createHighlighter } from 'shiki';
import { tokenClass, tokenTheme } from './token-theme.ts';

/** One for the process: it holds the grammars. */
const highlighter = createHighlighter({ themes: [tokenTheme], langs: ['python'] });

function isLanguage(name: string): name is BundledLanguage {
  return Object.hasOwn(bundledLanguages, name);
}

/**
 * The lines of a piece of code, each as spans with a class of `token-theme.ts`. Neighbours of one class share a
 * span; plain text has none.
 *
 * @param language a name that Shiki knows; another is shown as plain text
 */
export async function highlightLines(code: string, language: string): Promise<ElementContent[][]> {
  if (!isLanguage(language)) return code.split('\n').map((line) => (line === '' ? [] : [text(line)]));
  const shiki = await highlighter;
  if (!shiki.getLoadedLanguages().includes(language)) await shiki.loadLanguage(language);
  // No limit of time a line, which a busy machine would reach: the same code always looks the same.
  const { tokens } = shiki.codeToTokens(code, {
    lang: language,
    theme: 'token-classes',
    tokenizeTimeLimit: 0,
  });
  return tokens.map((line) => {
    const runs: { content: string; name: string | undefined }[] = [];
    for (const { content, color } of line) {
      const name = tokenClass(color);
      const last = runs.at(-1);
      // White space has no colour of its own and may join either side.
      if (last && (last.name === name || content.trim() === '')) last.content += content;
      else runs.push({ content, name });
    }
    return runs.map(({ content, name }) => (name === undefined ? text(content) : span(name, content)));
  });
}

function text(value: string): ElementContent {
  return { type: 'text', value };
}

function span(name: string, value: string): ElementContent {
  return { type: 'element', tagName: 'span', properties: { className: [name] }, children: [text(value)] };
}
