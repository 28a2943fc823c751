import { type Batch, flat, padded } from './batch.ts';
import { parseChats } from './chat.ts';
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
  /** The samples as rows, before anything is cut. `Cell.sample` is the number of its sample. */
  rows: Row[];
  /** One row a sample, padded: the batch without packing. */
  padded: Batch;
  /** What the chosen packing makes of the samples; without packing, the same samples without padding. */
  other: Batch;
}

export function pipeline(view: MasksView): Pipeline {
  const vocabulary = emptyVocabulary();
  const options = maskOptions(view);
  const length = maxLength(view);
  const samples: Prepared[] = [];
  const without: number[] = [];
  for (const [i, chat] of parseChats(view.text).entries()) {
    const example = exampleOf(chat, view.form, view.join);
    if (example) samples.push({ number: i + 1, example, sample: sampleOf(example, options, vocabulary) });
    else without.push(i + 1);
  }
  const rows = samples.map(rowOf);
  return {
    samples,
    without,
    rows,
    padded: batchOf('padded', rows, length),
    other: batchOf(view.packing, rows, length),
  };
}

function rowOf({ number, sample: { ids, labels } }: Prepared): Row {
  return { cells: ids.map((id, i) => ({ id, label: labels[i] ?? ignored, sample: number })) };
}

/** Ways to lay samples into a batch; `off` is the batch without padding, which packs nothing. */
export type Mode = 'padded' | 'off' | Strategy;

/**
 * All rows in one batch. Without packing and padding TRL takes no `max_length` and nothing is cut; packing needs one,
 * and where there is none, so does nothing here.
 */
export function batchOf(mode: Mode, rows: readonly Row[], length: number | undefined): Batch {
  if (mode === 'padded') return padded(truncate(rows, length));
  if (mode === 'off' || length === undefined) return flat(rows);
  const packed = pack(rows, length, mode);
  return mode === 'wrapped' ? padded(packed) : flat(packed);
}
