import type { Code } from 'mdast';
import { bundledLanguages } from 'shiki';
import type { VFile } from 'vfile';
import { didYouMean } from '../errors/suggest.ts';
import { report } from './report.ts';

/** Languages of fences that mean something here beyond their colours. */
const own = ['python', 'output', 'dot', 'math', 'text'];

const known = new Set([...own, 'txt', 'plain', ...Object.keys(bundledLanguages)]);

/** Other names of Python: under them, a fence would be shown and nothing of it checked. */
const python = /^(?:py\d?|python[23]|pycon|ipython)$/i;

/**
 * A fence has a language that is known under that name, and is closed.
 *
 * @param warning the page is not checked yet, so nothing of this stops the build
 */
export function checkFence(node: Code, file: VFile, warning: boolean): void {
  checkLanguage(node, file, warning);
  checkEnd(node, file, warning);
}

function checkLanguage(node: Code, file: VFile, warning: boolean): void {
  const { lang } = node;
  if (!lang || (known.has(lang) && !python.test(lang))) return;
  const message = python.test(lang)
    ? `expected the language \`python\`, found \`${lang}\`, under which no check reads the fence`
    : `there is no language \`${lang}\``;
  const suggestion = python.test(lang)
    ? 'write ```python'
    : (didYouMean(lang, known) ?? 'write ```text for what is no code');
  report(file, 'fence-language', node.position?.start, message, { suggestion, warning });
}

function checkEnd(node: Code, file: VFile, warning: boolean): void {
  const { position } = node;
  if (position === undefined) return;
  const source = String(file).slice(position.start.offset, position.end.offset);
  const ticks = /^(`{3,}|~{3,})/.exec(source)?.[1];
  // An indented block of code has no fence.
  if (ticks === undefined) return;
  const last = source.slice(source.lastIndexOf('\n') + 1);
  const closes = source.includes('\n') && new RegExp(`(?:^|[\\s>])${ticks}[${ticks[0]}]*\\s*$`).test(last);
  if (closes) return;
  report(file, 'fence-open', position.start, 'the fence that begins here is never closed', {
    suggestion: 'everything below it would be code',
    warning,
  });
}
