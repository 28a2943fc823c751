import type { PhrasingContent } from 'mdast';
import type { SourceScript } from '../collections/content-source.ts';
import type { MarkdownSite } from '../markdown-twin/scope.ts';
import { fileName, scriptSections } from '../navigation/script-files.ts';
import { inlineHtml } from './inline-html.ts';
import type { Previews } from './preview.ts';

/** The sections that the page of a script adds below its cells. */
export function scriptPreviews({ data, file }: SourceScript, { source, context }: MarkdownSite): Previews {
  const kind = data.title;
  const found: Previews = {};
  const name = fileName(file).replace(/\.py$/, '');
  const runs = source.runs.filter(({ script }) => script === name);
  const releases = [...new Set(runs.map(({ versions }) => versions.trl))].join(', ');
  if (runs.length > 0) {
    const text = `Curves, results and samples of ${runs.length} runs with TRL ${releases}.`;
    found['recorded-run'] = { kind, title: scriptSections['recorded-run'], text };
  }
  const bugs = Object.keys(data.bugs);
  if (bugs.length > 0) {
    const words = bugs.flatMap((value, index): PhrasingContent[] => [
      ...(index === 0 ? [] : [{ type: 'text' as const, value: ', ' }]),
      { type: 'inlineCode', value },
    ]);
    found.bugs = { kind, title: scriptSections.bugs, text: inlineHtml(words, context) };
  }
  return found;
}
