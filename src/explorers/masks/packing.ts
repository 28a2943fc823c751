import { ignored } from './sample.ts';

/** A token on its way into a batch: its id, its label, and the number of the sample that it comes from. */
export interface Cell {
  id: number;
  label: number;
  sample: number;
}

/** A row of the prepared data set; packed by best fit it remembers how long each piece in it is. */
export interface Row {
  cells: Cell[];
  lengths?: number[];
}

/** `SFTConfig.packing_strategy`. */
export const strategies = ['bfd', 'bfd_split', 'wrapped'] as const;
export type Strategy = (typeof strategies)[number];

/** Rows cut to their first `length` tokens, without those that then carry no loss at all; `keep_start`. */
export function truncate(rows: readonly Row[], length: number | undefined): Row[] {
  if (length === undefined) return [...rows];
  return rows
    .map(({ cells }) => ({ cells: cells.slice(0, length) }))
    .filter(({ cells }) => cells.some(({ label }) => label !== ignored));
}

/**
 * Rows of at most `length` tokens that hold several samples: `pack_dataset` of TRL 1.16.0, by way of
 * `content/distilled/sft.py`. Nothing is left out for carrying no loss.
 */
export function pack(rows: readonly Row[], length: number, strategy: Strategy): Row[] {
  return strategy === 'wrapped' ? wrapped(rows, length) : bestFit(rows, length, strategy === 'bfd_split');
}

/** Best-fit decreasing (2404.10830): the longest first, each into the fullest row that still takes it. */
function bestFit(rows: readonly Row[], length: number, split: boolean): Row[] {
  const pieces = rows
    .flatMap(({ cells }) => chunks(split ? cells : cells.slice(0, length), length))
    .sort((a, b) => b.length - a.length);
  const bins: Cell[][][] = [];
  // Room left by bin, in the order in which it came to be: of equal rooms the oldest is taken.
  const rooms: { room: number; bin: number }[] = [];
  for (const piece of pieces) {
    const fitting = rooms.filter(({ room }) => room >= piece.length);
    const best = fitting.reduce((a, b) => (b.room < a.room ? b : a), fitting[0] ?? { room: length, bin: -1 });
    if (best.bin >= 0) rooms.splice(rooms.indexOf(best), 1);
    const bin = best.bin >= 0 ? best.bin : bins.push([]) - 1;
    bins[bin]?.push(piece);
    rooms.push({ room: best.room - piece.length, bin });
  }
  return bins.map((bin) => ({ cells: bin.flat(), lengths: bin.map((piece) => piece.length) }));
}

/** All rows as one stream, cut every `length` tokens; nothing remembers the borders. */
function wrapped(rows: readonly Row[], length: number): Row[] {
  return chunks(
    rows.flatMap(({ cells }) => cells),
    length,
  ).map((cells) => ({ cells }));
}

function chunks(cells: readonly Cell[], length: number): Cell[][] {
  return Array.from({ length: Math.ceil(cells.length / length) }, (_, i) =>
    cells.slice(i * length, (i + 1) * length),
  );
}
