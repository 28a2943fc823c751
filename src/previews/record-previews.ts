import type { PhrasingContent } from 'mdast';
import type { ContentSource } from '../collections/content-source.ts';
import type { ExplorerRecord } from '../explorers/record.ts';
import { resolve } from '../markdown-twin/resolve.ts';
import type { MarkdownSite } from '../markdown-twin/scope.ts';
import { availability } from '../navigation/availability.ts';
import { inlineHtml } from './inline-html.ts';
import type { Preview, Previews } from './preview.ts';

/** Previews of the glossary: each term with its whole definition, formulas rendered. */
export function glossaryPreviews({ source, context }: MarkdownSite): Previews {
  const terms = source.glossary.map(({ id, term, symbol, definition }): [string, Preview] => {
    const name: PhrasingContent[] = [
      { type: 'text', value: symbol ? `${term} ` : term },
      ...(symbol ? paragraphOf(`$${symbol}$`, { source, context }) : []),
    ];
    const text = paragraphOf(definition, { source, context });
    return [id, { kind: 'Glossary term', title: inlineHtml(name, context), text: inlineHtml(text, context) }];
  });
  const about = `${source.glossary.length} terms and one notation for the whole site.`;
  return Object.fromEntries([page('Glossary', about), ...terms]);
}

/** Previews of the catalogue: the page, and a row for each trainer. */
export function cataloguePreviews({ source, context }: MarkdownSite): Previews {
  const about = `${source.trainers.length} trainers of TRL by family, with what each one learns from and what it holds in memory.`;
  return Object.fromEntries([page('Trainers', about), ...trainerRows('Trainer', source, context)]);
}

/** Previews of the quick reference. */
export function referencePreviews({ source, context }: MarkdownSite): Previews {
  const about =
    'Loss, data, key arguments, the first loss to expect and the shortest script of each trainer.';
  const trainers = source.trainers.filter(({ reference }) => reference);
  return Object.fromEntries([
    page('Quick reference', about),
    ...trainerRows('Quick reference', { trainers }, context),
  ]);
}

/** Previews of the page that lists the explorers. */
export function explorersPreviews(records: readonly ExplorerRecord[], { context }: MarkdownSite): Previews {
  const about = `${records.length} figures with knobs: move a value and read off what follows.`;
  return Object.fromEntries([
    page('Explorers', about),
    ...records.map((record) => [record.name, explorerPreview(record, context)]),
  ]);
}

export function explorerPreview(
  { title, question }: Pick<ExplorerRecord, 'title' | 'question'>,
  context: MarkdownSite['context'],
): Preview {
  const plain = (value: string) => inlineHtml([{ type: 'text', value }], context);
  return { kind: 'Explorer', title: plain(title), text: plain(question) };
}

/** Previews of the chooser. */
export function chooserPreviews(): Previews {
  const about = 'From what you have to a trainer, with the reason and the runner-up.';
  const memory = 'An estimate for each trainer, by model, batch and length.';
  return Object.fromEntries([
    page('Which trainer should I use?', about),
    ['memory', { kind: 'Which trainer should I use?', title: 'How much memory will it take?', text: memory }],
  ]);
}

/** The preview of a learning path. */
export function pathPreviews(path: ContentSource['paths'][number], site: MarkdownSite): Previews {
  const { context } = site;
  const title = inlineHtml([{ type: 'text', value: path.title }], context);
  const text = inlineHtml(paragraphOf(path.outcome, site), context);
  return { '': { kind: 'Learning path', title, text } };
}

function trainerRows(
  kind: string,
  { trainers }: Pick<ContentSource, 'trainers'>,
  context: MarkdownSite['context'],
): [string, Preview][] {
  const plain = (value: string) => inlineHtml([{ type: 'text', value }], context);
  return trainers.map((trainer) => [
    trainer.slug,
    { kind: `${kind}, ${availability(trainer)}`, title: plain(trainer.title), text: plain(trainer.summary) },
  ]);
}

function page(title: string, text: string): [string, Preview] {
  return ['', { kind: 'Page', title, text }];
}

/** The phrasing of a Markdown string that is one paragraph; of several, all in a row. */
function paragraphOf(text: string, { context }: Pick<MarkdownSite, 'context' | 'source'>): PhrasingContent[] {
  const { tree } = resolve(text, 'md', undefined, context);
  return tree.children.flatMap((node, index): PhrasingContent[] => {
    if (node.type !== 'paragraph') return [];
    return [...(index === 0 ? [] : [{ type: 'text' as const, value: ' ' }]), ...node.children];
  });
}
