import type { Cell, Row } from './packing.ts';
import { ignored } from './sample.ts';
import { padId } from './tokenizer.ts';

/** A place of a batch. */
export interface Place extends Cell {
  /** Its position id: from 0 in each row, or in a batch without padding from 0 in each sample. */
  position: number;
  padding: boolean;
}

/** The tensors of a batch, (B, T): all rows are equally long. */
export interface Batch {
  rows: Place[][];
  /** Whether it is one row without padding, in which positions alone tell samples apart. */
  flat: boolean;
}

/** Rows beside each other, the shorter ones padded on the right; no label on padding. */
export function padded(rows: readonly Row[]): Batch {
  const length = Math.max(0, ...rows.map(({ cells }) => cells.length));
  return {
    flat: false,
    rows: rows.map(({ cells }) =>
      Array.from({ length }, (_, position) => {
        const cell = cells[position];
        return cell
          ? { ...cell, position, padding: false }
          : { id: padId, label: ignored, sample: -1, position, padding: true };
      }),
    ),
  };
}

/**
 * All rows behind each other as one, with positions that start anew at each sample, or piece of one. The first
 * token of each loses its label: what stands before it belongs to another.
 */
export function flat(rows: readonly Row[]): Batch {
  const places = rows.flatMap(({ cells, lengths = [cells.length] }) => {
    const positions = lengths.flatMap((length) => Array.from({ length }, (_, position) => position));
    return cells.map((cell, i) => {
      const position = positions[i] ?? 0;
      return { ...cell, position, label: position === 0 ? ignored : cell.label, padding: false };
    });
  });
  return { flat: true, rows: places.length > 0 ? [places] : [] };
}

/** N, the labels that the loss divides by: the model shifts, so the first label of a row is never asked for. */
export function labelsUsed({ rows }: Batch): number {
  return rows.flatMap((row) => row.slice(1)).filter(({ label }) => label !== ignored).length;
}

/** Labels that the model must predict from the end of another sample. */
export function labelsAcross({ rows }: Batch): number {
  return rows.flatMap((row) =>
    row.filter(({ label, sample }, i) => {
      const before = row[i - 1];
      return label !== ignored && before !== undefined && before.sample !== sample;
    }),
  ).length;
}
