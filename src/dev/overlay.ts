import { resolve } from 'node:path';
import type { ErrorPayload } from 'vite';
import { catalogue } from '../errors/catalogue.ts';
import { formatTerminal, frame } from '../errors/format.ts';
import type { Problem } from '../errors/problem.ts';
import { showSummary, summarise } from '../errors/summary.ts';

/** More errors than this are counted, not shown: nobody reads on. */
const maxShown = 50;

/**
 * Errors of the content as Vite's overlay shows them: all at once, each with its place, code, line and cure. Astro
 * puts its own overlay in the place of Vite's; it takes the message as HTML.
 */
export function overlayPayload(errors: readonly Problem[]): ErrorPayload {
  const shown = errors.slice(0, maxShown);
  const more = errors.length - shown.length;
  const rest = more > 0 ? [`<p>${more} more: <code>npm run check</code> lists all.</p>`] : [];
  return {
    type: 'error',
    err: {
      name: 'Content',
      title: showSummary(summarise(errors)),
      message: [style, ...shown.map(article), ...rest].join('\n'),
      hint: 'The page comes back by itself once the files are right.',
      stack: formatTerminal(errors, { color: false }),
      plugin: overlayPlugin,
    },
  };
}

/** What an error payload of ours has in `plugin`. */
export const overlayPlugin = 'annotated-trainers:content';

const style = `<style>
  #houston, #houston-overlay, #code, #stack, #cause { display: none; }
  #message-icon { display: none; }
  #message-content { width: 100%; }
  article { margin: 0 0 28px; }
  article p { margin: 6px 0; }
  article a { color: inherit; font-weight: 600; }
  article .code { margin-left: 10px; opacity: 0.8; }
  article pre {
    margin: 8px 0; padding: 10px 12px; overflow-x: auto; font: 14px/1.5 var(--font-monospace);
    color: var(--title-text); background: var(--background); border: 1px solid var(--border); border-radius: 4px;
  }
  article .cure { color: var(--hint-text); }
</style>`;

function article(problem: Problem): string {
  const place = `${problem.file}:${problem.line}:${problem.column}`;
  const opened = `${resolve(problem.file)}:${problem.line}:${problem.column}`;
  const open = `fetch('/__open-in-editor?file=${encodeURIComponent(opened).replaceAll("'", '%27')}');return false`;
  const plain = (text: string) => text;
  const lines = frame(problem, plain, plain).map((line) => line.slice(2));
  const { cure } = catalogue[problem.code];
  return [
    '<article>',
    `<p><a href="#" title="Open in the editor" onclick="${open}">${escaped(place)}</a><code class="code">${problem.code}</code></p>`,
    `<p>${inline(problem.message)}</p>`,
    ...(lines.length > 0 ? [`<pre>${lines.map(escaped).join('\n')}</pre>`] : []),
    ...(problem.suggestion === undefined ? [] : [`<p>${inline(problem.suggestion)}</p>`]),
    `<p class="cure">${inline(cure)}</p>`,
    '</article>',
  ].join('');
}

/** Text with its code set as code. */
function inline(text: string): string {
  return escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
