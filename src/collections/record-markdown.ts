import { type ContentSource, entriesOf } from './content-source.ts';
import type { DataPath } from './origin.ts';
import { displayed, fencedPython } from './reference-markdown.ts';

/** A Markdown text that stands in a field of a record. */
export interface RecordText {
  /** The record, as `originOf` knows it. */
  record: object;
  at: DataPath;
  text: string;
}

/**
 * The Markdown in the fields of pages, scripts, glossary, migration notes and registry, as it is rendered.
 * Learning paths and the chooser list their own.
 */
export function recordTexts(source: ContentSource): RecordText[] {
  const { scripts, glossary, migration, trainers } = source;
  const lists = entriesOf(source).flatMap((record) =>
    (['prerequisites', 'unchecked'] as const).flatMap((field) =>
      record.data[field].map((text, index) => ({ record, at: [field, index], text })),
    ),
  );
  const ofScripts = scripts.flatMap((record) => [
    ...(['bugs', 'hardware'] as const).flatMap((field) =>
      Object.entries(record.data[field]).map(([key, text]) => ({ record, at: [field, key], text })),
    ),
    ...record.data.plots.flatMap(({ text }, index) =>
      text ? [{ record, at: ['plots', index, 'text'], text }] : [],
    ),
  ]);
  const terms = glossary.flatMap((record) => [
    { record, at: ['definition'], text: record.definition },
    ...(record.symbol ? [{ record, at: ['symbol'], text: `$${record.symbol}$` }] : []),
  ]);
  const registry = trainers.flatMap((record) => {
    const { reference, instead_why } = record;
    const shown = reference && {
      where: reference.where,
      first_loss: reference.first_loss,
      loss: displayed(reference.loss),
      minimal: fencedPython(reference.minimal),
    };
    return [
      ...Object.entries(shown ?? {}).map(([key, text]) => ({ record, at: ['reference', key], text })),
      ...(instead_why === '' ? [] : [{ record, at: ['instead_why'], text: instead_why }]),
    ];
  });
  const notes = migration.map((record) => ({ record, at: ['say'], text: record.say }));
  return [...lists, ...ofScripts, ...terms, ...registry, ...notes];
}
