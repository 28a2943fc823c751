import { type Batch, labelsAcross, labelsUsed } from './batch.ts';
import type { Row } from './packing.ts';
import { type Laid, laid, type Mode } from './pipeline.ts';

/** The same samples in every way to batch them, by what each costs. */
export interface ModeCosts {
  mode: Mode;
  /** Rows of the data set. */
  rows: number;
  /** Rows and columns of the batch of all of them. */
  shape: readonly [number, number];
  padding: number;
  /** N: labels that the loss divides by. */
  labels: number;
  /** Tokens of the samples that are in no row. */
  lost: number;
  /** Samples that are in pieces. */
  split: number;
  /** Labels predicted from another sample's tokens. */
  across: number;
}

const modes: readonly Mode[] = ['padded', 'off', 'bfd', 'bfd_split', 'wrapped'];

/** Undefined costs: the mode needs a `max_length`. */
export function costsOfModes(
  rows: readonly Row[],
  length: number | undefined,
): { mode: Mode; costs: ModeCosts | undefined }[] {
  return modes.map((mode) => ({
    mode,
    costs:
      length === undefined && mode !== 'padded' && mode !== 'off'
        ? undefined
        : costsOf(mode, rows, laid(mode, rows, length)),
  }));
}

function costsOf(mode: Mode, samples: readonly Row[], { rows, batch }: Laid): ModeCosts {
  const places = batch.rows.flat();
  const padding = places.filter((place) => place.padding).length;
  const tokens = samples.reduce((total, { cells }) => total + cells.length, 0);
  return {
    mode,
    rows: rows.length,
    shape: [batch.rows.length, batch.rows[0]?.length ?? 0],
    padding,
    labels: labelsUsed(batch),
    lost: tokens - (places.length - padding),
    split: splitSamples(batch).length,
    across: labelsAcross(batch),
  };
}

/** Numbers of the samples that stand in more than one piece, in rising order. */
export function splitSamples(batch: Batch): number[] {
  const pieces = new Map<number, number>();
  for (const { sample } of piecesOf(batch)) pieces.set(sample, (pieces.get(sample) ?? 0) + 1);
  return [...pieces.entries()]
    .flatMap(([sample, count]) => (count > 1 ? [sample] : []))
    .sort((a, b) => a - b);
}

/** A stretch of a sample within a row. */
export interface Piece {
  sample: number;
  row: number;
  from: number;
  to: number;
}

/** The pieces of a batch in order: a new one where the sample changes, and in a batch without padding at position 0. */
export function piecesOf({ rows, flat }: Batch): Piece[] {
  const pieces: Piece[] = [];
  for (const [row, places] of rows.entries()) {
    for (const [i, { sample, position, padding }] of places.entries()) {
      if (padding) continue;
      const last = pieces.at(-1);
      const goesOn = last?.row === row && last.sample === sample && !(flat && position === 0);
      if (last && goesOn) last.to = i + 1;
      else pieces.push({ sample, row, from: i, to: i + 1 });
    }
  }
  return pieces;
}
