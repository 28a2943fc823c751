import { type Batch, flat, padded } from './batch.ts';
import { parseChats, textLimits } from './chat.ts';
import { type Example, exampleOf } from './example.ts';
import { pack, type Row, type Strategy, truncate } from './packing.ts';
import { ignored, type Sample, sampleOf } from './sample.ts';
import { emptyVocabulary } from './tokenizer.ts';
import { type MasksView, maskOptions, maxLength } from './view.ts';

/** A typed sample that has the chosen form. */
export interface Prepared {
  /** As the reader counts: from 1. */
  number: number;
  example: Example;
  sample: Sample;
}

/** Everything from the typed text to the batches. */
export interface Pipeline {
  samples: Prepared[];
  /** Numbers of the samples that lack what the form needs. */
  without: number[];
  /** How many samples were typed beyond those that are read. */
  beyond: number;
  /** The samples as rows, before anything is cut. `Cell.sample` is the number of its sample. */
  rows: Row[];
  /** One row a sample, padded: without packing. */
  padded: Laid;
  /** What the chosen packing makes of the samples; without packing, the same samples without padding. */
  other: Laid;
}

export function pipeline(view: MasksView): Pipeline {
  const vocabulary = emptyVocabulary();
  const options = maskOptions(view);
  const length = maxLength(view);
  const samples: Prepared[] = [];
  const without: number[] = [];
  const chats = parseChats(view.text);
  for (const [i, chat] of chats.slice(0, textLimits.samples).entries()) {
    const example = exampleOf(chat, view.data, view.join);
    if (example) samples.push({ number: i + 1, example, sample: sampleOf(example, options, vocabulary) });
    else without.push(i + 1);
  }
  const rows = samples.map(rowOf);
  return {
    samples,
    without,
    beyond: Math.max(0, chats.length - textLimits.samples),
    rows,
    padded: laid('padded', rows, length),
    other: laid(view.packing, rows, length),
  };
}

function rowOf({ number, sample: { ids, labels } }: Prepared): Row {
  return { cells: ids.map((id, i) => ({ id, label: labels[i] ?? ignored, sample: number })) };
}

/** Ways to lay samples into a batch; `off` is the batch without padding, which packs nothing. */
export type Mode = 'padded' | 'off' | Strategy;

/** The rows of the data set in a mode, and the batch of them all. */
export interface Laid {
  rows: Row[];
  batch: Batch;
}

/**
 * Without packing and padding TRL takes no `max_length`, and nothing is cut; packing needs one, and where there is
 * none, does nothing here.
 */
export function laid(mode: Mode, samples: readonly Row[], length: number | undefined): Laid {
  if (mode === 'padded') {
    const rows = truncate(samples, length);
    return { rows, batch: padded(rows) };
  }
  if (mode === 'off' || length === undefined) return { rows: [...samples], batch: flat(samples) };
  const rows = pack(samples, length, mode);
  return { rows, batch: mode === 'wrapped' ? padded(rows) : flat(rows) };
}

/** Rows as they lie in the data set, each by itself: what packing has made, before rows become one. */
export function rowsApart({ rows, batch }: Laid): Batch {
  return batch.flat ? { flat: true, rows: rows.flatMap((row) => flat([row]).rows) } : batch;
}
