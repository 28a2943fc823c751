import { describe, expect, test } from 'vitest';
import { flat, padded } from '../../../../src/explorers/masks/batch.ts';
import { costsOfModes, piecesOf, splitSamples } from '../../../../src/explorers/masks/modes.ts';
import { pack, type Row, truncate } from '../../../../src/explorers/masks/packing.ts';
import { laid, pipeline, rowsApart } from '../../../../src/explorers/masks/pipeline.ts';
import { ignored } from '../../../../src/explorers/masks/sample.ts';
import { padId } from '../../../../src/explorers/masks/tokenizer.ts';
import { type MasksView, masksSpace, maxLength } from '../../../../src/explorers/masks/view.ts';

const view = (given: Partial<MasksView> = {}): MasksView => ({ ...masksSpace.standard, ...given });

describe('from the typed text', () => {
  test('samples keep their numbers, and those that lack what the form needs are named', () => {
    const text = 'user: a\nassistant: b\n\nuser: c\n\nuser: d\nassistant: e';
    const made = pipeline(view({ text, data: 'completion' }));
    expect(made.samples.map(({ number }) => number)).toEqual([1, 3]);
    expect(made.samples.map(({ example }) => example)).toEqual([
      { prompt: 'a\n', completion: 'b' },
      { prompt: 'd\n', completion: 'e' },
    ]);
    expect([made.without, made.beyond]).toEqual([[2], 0]);
    expect(made.rows.map(({ cells }) => cells.map(({ sample }) => sample))).toEqual(
      made.samples.map(({ number, sample }) => sample.ids.map(() => number)),
    );
    expect(made.rows.map(({ cells }) => cells.map(({ label }) => label))).toEqual(
      made.samples.map(({ sample }) => sample.labels),
    );
  });

  test('of more than six the rest is counted', () => {
    const made = pipeline(view({ text: 'user: a\n\n'.repeat(8) }));
    expect([made.samples.length, made.beyond, made.padded.rows.length]).toEqual([6, 2, 6]);
  });
});

/** Rows of these lengths, all with labels; sample numbers from 1. */
const rowsOf = (...lengths: number[]): Row[] =>
  lengths.map((length, i) => ({
    cells: Array.from({ length }, (_, at) => ({ id: 10 * (i + 1) + at, label: 1, sample: i + 1 })),
  }));

describe('a mode lays rows', () => {
  const samples = rowsOf(5, 2);
  const shape = (mode: Parameters<typeof laid>[0], length?: number) => {
    const { rows, batch } = laid(mode, samples, length);
    return [rows.length, batch.flat, batch.rows.map((row) => row.length)];
  };

  test('beside each other with padding, cut; behind each other without, whole', () => {
    expect(shape('padded', 4)).toEqual([2, false, [4, 4]]);
    expect(shape('padded')).toEqual([2, false, [5, 5]]);
    expect(shape('off', 4)).toEqual([2, true, [7]]);
  });

  test('packed, wrapped rows apart and the others as one', () => {
    expect(shape('wrapped', 4)).toEqual([2, false, [4, 4]]);
    expect(shape('bfd', 4)).toEqual([2, true, [6]]);
    expect(shape('bfd_split', 4)).toEqual([2, true, [7]]);
    // Without a max_length nothing can be packed.
    expect(shape('wrapped')).toEqual([2, true, [7]]);
  });

  test('packed rows are shown apart, each with positions of its own', () => {
    const packed = laid('bfd_split', samples, 4);
    const apart = rowsApart(packed);
    expect(apart.flat).toBe(true);
    expect(apart.rows.map((row) => row.map(({ position }) => position))).toEqual([
      [0, 1, 2, 3],
      [0, 1, 0],
    ]);
    const wrapped = laid('wrapped', samples, 4);
    expect(rowsApart(wrapped)).toBe(wrapped.batch);
  });
});

describe('rows', () => {
  test('a row that keeps no label is left out; without a max_length nothing is', () => {
    const late: Row = {
      cells: [
        { id: 1, label: ignored, sample: 1 },
        { id: 2, label: 2, sample: 1 },
      ],
    };
    expect(truncate([late], 1)).toEqual([]);
    expect(truncate([late], 2)).toEqual([late]);
    const silent = { cells: late.cells.slice(0, 1) };
    expect(truncate([silent], undefined)).toEqual([silent]);
  });

  test('a piece goes into the fullest row that still takes it, of equal rows the oldest', () => {
    const lengths = (...of: number[]) => pack(rowsOf(...of), 10, 'bfd').map((row) => row.lengths);
    expect(lengths(6, 7, 3)).toEqual([[7, 3], [6]]);
    expect(lengths(6, 7, 4)).toEqual([[7], [6, 4]]);
    expect(lengths(7, 7, 3)).toEqual([[7, 3], [7]]);
    expect(lengths(4, 6, 10)).toEqual([[10], [6, 4]]);
  });

  test('padding is of no sample, and carries no label', () => {
    expect(padded(rowsOf(1, 2)).rows[0]?.[1]).toEqual({
      id: padId,
      label: ignored,
      sample: -1,
      position: 1,
      padding: true,
    });
    expect(padded([])).toEqual({ flat: false, rows: [] });
  });

  test('without padding no place is any', () => {
    expect(
      flat(rowsOf(1, 2))
        .rows.flat()
        .map(({ padding }) => padding),
    ).toEqual([false, false, false]);
    expect(flat([])).toEqual({ flat: true, rows: [] });
  });
});

describe('pieces', () => {
  test('a sample that goes on in the next row is in two', () => {
    const { other } = pipeline(view({ packing: 'wrapped' }));
    expect(piecesOf(other.batch).map(({ sample, row }) => [sample, row])).toEqual([
      [1, 0],
      [2, 0],
      [2, 1],
      [3, 1],
    ]);
  });

  test('so is one whose parts stand behind each other, and each says from where to where', () => {
    const { batch } = laid('bfd_split', rowsOf(5), 4);
    expect(piecesOf(batch)).toEqual([
      { sample: 1, row: 0, from: 0, to: 4 },
      { sample: 1, row: 0, from: 4, to: 5 },
    ]);
    expect(splitSamples(batch)).toEqual([1]);
  });

  test('padding belongs to none, and a row begins anew', () => {
    expect(piecesOf(padded(rowsOf(1, 2)))).toEqual([
      { sample: 1, row: 0, from: 0, to: 1 },
      { sample: 2, row: 1, from: 0, to: 2 },
    ]);
  });

  test('samples in pieces are told by rising numbers', () => {
    expect(splitSamples(laid('wrapped', rowsOf(3, 3, 3).reverse(), 2).batch)).toEqual([1, 2, 3]);
  });
});

describe('what the page says to try', () => {
  const split = (given: Partial<MasksView>) => splitSamples(pipeline(view(given)).other.batch);

  test('wrapped with a max_length of 24 cuts all three samples', () => {
    expect(split({ packing: 'wrapped', max: 24 })).toEqual([1, 2, 3]);
    expect(split({ packing: 'bfd', max: 24 })).toEqual([]);
    expect(split({ packing: 'bfd_split', max: 24 })).toEqual([1]);
  });

  test('the masks disagree on the line break behind the role, and there alone', () => {
    const [first] = pipeline(view({ data: 'chat-completion', assistant: true })).samples;
    const { tokens = [], assistantMask = [], completionMask = [] } = first?.sample ?? {};
    const last = tokens.lastIndexOf('assistant');
    const differ = tokens.flatMap((_, i) =>
      i > last && assistantMask[i] !== completionMask[i] ? [tokens[i]] : [],
    );
    expect(differ).toEqual(['\n']);
  });
});

describe('costs of the modes', () => {
  test('the standard samples, in every mode', () => {
    const { rows } = pipeline(view());
    const found = costsOfModes(rows, maxLength(view())).map(({ mode, costs }) => [
      mode,
      costs?.rows,
      costs?.shape.join(),
      costs?.padding,
      costs?.labels,
      costs?.lost,
      costs?.split,
      costs?.across,
    ]);
    expect(found).toEqual([
      ['padded', 3, '3,39', 43, 71, 0, 0, 0],
      ['off', 3, '1,74', 0, 71, 0, 0, 0],
      ['bfd', 2, '1,74', 0, 71, 0, 0, 0],
      ['bfd_split', 2, '1,74', 0, 71, 0, 0, 0],
      ['wrapped', 2, '2,40', 6, 72, 0, 1, 2],
    ]);
  });

  test('a short max_length loses tokens or makes pieces, by mode', () => {
    const { rows } = pipeline(view());
    const lost = costsOfModes(rows, 16).map(({ costs }) => [costs?.lost, costs?.split]);
    expect(lost).toEqual([
      [27, 0],
      [0, 0],
      [27, 0],
      [0, 2],
      [0, 3],
    ]);
  });

  test('packing has no costs without a max_length', () => {
    expect(costsOfModes(pipeline(view()).rows, undefined).map(({ costs }) => costs !== undefined)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
