import { chooserMarkdown } from './chooser.ts';
import { type ContentSource, entriesOf } from './content-source.ts';
import { pathMarkdown } from './learning-path.ts';
import type { DataPath } from './origin.ts';
import { displayed, fencedPython } from './reference-markdown.ts';

/** A Markdown text that stands in a record: in frontmatter, in the header of a script, or in a YAML file. */
export interface RecordText {
  /** The record or entry, which knows where it stands. */
  record: object;
  path: DataPath;
  text: string;
}

/** Every Markdown text of a content folder that is no page of its own. Each is rendered, so each is checked. */
export function recordMarkdown(source: ContentSource): RecordText[] {
  const { glossary, paths, trainers, migration, chooser, scripts } = source;
  return [
    ...entriesOf(source).flatMap((entry) => [
      ...entry.data.prerequisites.map((text, at) => ({ record: entry, path: ['prerequisites', at], text })),
      ...entry.data.unchecked.map((text, at) => ({ record: entry, path: ['unchecked', at], text })),
    ]),
    ...scripts.flatMap((script) => [
      ...named(script, 'bugs', script.data.bugs),
      ...named(script, 'hardware', script.data.hardware),
      ...script.data.plots.map(({ text }, at) => ({ record: script, path: ['plots', at], text })),
    ]),
    ...glossary.flatMap((term) => [
      { record: term, path: ['definition'], text: term.definition },
      ...(term.symbol === undefined ? [] : [{ record: term, path: ['symbol'], text: `$${term.symbol}$` }]),
    ]),
    ...paths.flatMap((path) => pathMarkdown(path).map(({ at, text }) => ({ record: path, path: at, text }))),
    ...migration.map((note) => ({ record: note, path: ['say'], text: note.say })),
    ...(chooser ? chooserMarkdown(chooser).map((each) => ({ record: chooser, ...each })) : []),
    ...trainers.flatMap((trainer) => {
      const { reference } = trainer;
      if (!reference) return [];
      const { where, first_loss, loss, minimal } = reference;
      const of = (field: string, text: string) => ({ record: trainer, path: ['reference', field], text });
      return [
        of('where', where),
        of('first_loss', first_loss),
        of('loss', displayed(loss)),
        of('minimal', fencedPython(minimal)),
      ];
    }),
    ...trainers.map((trainer) => ({
      record: trainer,
      path: ['instead_why'],
      text: trainer.instead_why,
    })),
  ].filter(({ text }) => text !== '');
}

function named(record: object, field: string, texts: Readonly<Record<string, string>>): RecordText[] {
  return Object.entries(texts).map(([name, text]) => ({ record, path: [field, name], text }));
}
