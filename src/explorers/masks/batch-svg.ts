import { round } from '../../figures/path.ts';
import type { Batch, Place } from './batch.ts';
import { piecesOf } from './modes.ts';
import { ignored } from './sample.ts';

/*
 * A batch seen from far: a cell a token, lines of at most 40. Full cells carry loss, low ones do not, dots are
 * padding; the number of a sample stands where it begins. Colour only repeats what the numbers say.
 */

const perLine = 40;
const left = 22;
const cell = 8.4;
const lineHeight = 27;
const headroom = 20;

/** A batch as `<svg>`. Ids begin with `id`; title and description are plain text without markup. */
export function batchSvg(id: string, batch: Batch, title: string, description: string): string {
  const lines = batch.rows.flatMap(linesOf).length;
  return `<svg class="panel" viewBox="0 0 360 ${headroom + Math.max(1, lines) * lineHeight + 4}" role="img" aria-labelledby="${id}-title ${id}-description"><title id="${id}-title">${title}</title><desc id="${id}-description">${description}</desc>${text('fig-heading', 2, 12, title)}${drawing(batch)}</svg>`;
}

function drawing(batch: Batch): string {
  const drawn = new Map<string, string>();
  const add = (classes: string, d: string) => drawn.set(classes, (drawn.get(classes) ?? '') + d);
  const texts: string[] = [];
  const pieces = piecesOf(batch);
  let line = 0;
  for (const [row, places] of batch.rows.entries()) {
    texts.push(text('fig-tick fig-end', left - 6, yOf(line) + 9, String(row + 1)));
    for (const { sample, from, goesOn } of beginnings(pieces, row)) {
      const y = yOf(line + Math.floor(from / perLine));
      texts.push(
        text(`mk-number tone-${toneOf(sample)}`, xOf(from), y - 2.5, `${goesOn ? '…' : ''}${sample}`),
      );
    }
    for (const [i, place] of places.entries())
      add(classOf(place), shapeOf(place, xOf(i), yOf(line + Math.floor(i / perLine))));
    const lines = linesOf(places).length;
    if (lines > 1) add('fig-axis', `M${left - 3} ${yOf(line)}V${yOf(line + lines - 1) + 12}`);
    line += lines;
  }
  const paths = [...drawn].map(([classes, d]) => `<path class="${classes}" d="${d}"/>`);
  return paths.join('') + texts.join('');
}

/** Where pieces of samples begin in a row, and whether the piece goes on with a sample that began elsewhere. */
function beginnings(pieces: ReturnType<typeof piecesOf>, row: number) {
  return pieces.flatMap((piece, i) =>
    piece.row === row
      ? [{ ...piece, goesOn: pieces.slice(0, i).some(({ sample }) => sample === piece.sample) }]
      : [],
  );
}

function linesOf(places: readonly Place[]): number[] {
  return Array.from({ length: Math.ceil(places.length / perLine) }, (_, i) => i);
}

function xOf(index: number): number {
  return round(left + (index % perLine) * cell);
}

function yOf(line: number): number {
  return headroom + 10 + line * lineHeight;
}

function classOf({ padding, label, sample }: Place): string {
  if (padding) return 'mk-pad';
  return `${label === ignored ? 'mk-silent' : 'mk-full'} tone-${toneOf(sample)}`;
}

function shapeOf({ padding, label }: Place, x: number, y: number): string {
  if (padding) return `M${round(x + 2.7)} ${y + 5}h2v2h-2z`;
  return label === ignored ? `M${x} ${y + 8}h7.4v4h-7.4z` : `M${x} ${y}h7.4v12h-7.4z`;
}

function toneOf(sample: number): number {
  return ((sample - 1) % 6) + 1;
}

function text(classes: string, x: number, y: number, content: string): string {
  return `<text class="${classes}" x="${round(x)}" y="${round(y)}">${content}</text>`;
}
