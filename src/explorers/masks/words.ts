import { type Batch, labelsUsed } from './batch.ts';
import { batchSvg } from './batch-svg.ts';
import { costsOfModes, piecesOf } from './modes.ts';
import { notesMarkup, notesOn } from './notes.ts';
import { type Mode, type Pipeline, pipeline, rowsApart } from './pipeline.ts';
import { counted, exampleMarkup, placesMarkup, samplesMarkup } from './tokens-markup.ts';
import { type MasksView, maxLength } from './view.ts';

/** The titles of the two drawings. */
export function paddedTitle({ padded }: Pipeline): string {
  return `Padded: ${shapeText(padded.batch)}`;
}

export function otherTitle({ packing }: MasksView, { other: { rows, batch } }: Pipeline): string {
  const tensor = shapeText(batch);
  if (!batch.flat) return `Packed by ${packing}: ${tensor}`;
  const packed = rows.some(({ lengths }) => lengths);
  return packed
    ? `Packed by ${packing}: ${counted(rows.length, 'row')}, batched as ${tensor}`
    : `Padding-free: ${counted(rows.length, 'row')}, batched as ${tensor}`;
}

export function shapeText({ rows }: Batch): string {
  return `(${rows.length}, ${rows[0]?.length ?? 0})`;
}

/** A batch for those who do not see it. */
export function describeBatch(batch: Batch): string {
  const pieces = piecesOf(batch);
  const rows = batch.rows.map((places, row) => {
    const own = pieces.filter((piece) => piece.row === row);
    const padding = places.filter((place) => place.padding).length;
    const parts = own.map(({ sample, from, to }) => `${counted(to - from, 'token')} of sample ${sample}`);
    return `row ${row + 1}: ${[...parts, ...(padding > 0 ? [`${padding} of padding`] : [])].join(', ')}`;
  });
  const parts = rows.length > 0 ? ` ${rows.join('; ')}.` : '';
  return `Shape ${shapeText(batch)}, ${counted(labelsUsed(batch), 'label')} asked for.${parts}`;
}

const modeNames: Record<Mode, string> = {
  padded: 'padded',
  off: '<code>padding_free</code>',
  bfd: '<code>bfd</code>',
  bfd_split: '<code>bfd_split</code>',
  wrapped: '<code>wrapped</code>',
};

/** The same samples in every mode: a row a mode, what it costs in columns. */
export function modesMarkup(view: MasksView, { rows }: Pipeline): string {
  const heads = [
    'mode',
    'rows',
    'batch',
    'padding',
    'labels asked for',
    'tokens lost',
    'samples in pieces',
    'labels across a border',
  ];
  const body = costsOfModes(rows, maxLength(view)).map(({ mode, costs }) => {
    const cells = costs
      ? [
          costs.rows,
          `(${costs.shape.join(', ')})`,
          costs.padding,
          costs.labels,
          costs.lost,
          costs.split,
          costs.across,
        ]
          .map((value) => `<td>${value}</td>`)
          .join('')
      : '<td colspan="7">needs a <code>max_length</code></td>';
    return `<tr${mode === view.packing ? ' class="mk-chosen"' : ''}><th scope="row">${modeNames[mode]}</th>${cells}</tr>`;
  });
  const head = heads.map((text) => `<th scope="col">${text}</th>`).join('');
  return `<table><caption>The same samples in every mode, all in one batch</caption><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`;
}

/** The settings that the figure was drawn with, as arguments of `SFTConfig`. */
export function settingsText(view: MasksView): string {
  return [
    `completion_only_loss=${view.completion}`,
    `assistant_only_loss=${view.assistant ? 'True' : 'False'}`,
    `max_length=${maxLength(view) ?? 'None'}`,
    `packing=${view.packing === 'off' ? 'False' : 'True'}`,
    ...(view.packing === 'off' ? [] : [`packing_strategy="${view.packing}"`]),
  ].join(', ');
}

/** What stands in each part of the figure. */
export function masksParts(view: MasksView) {
  const made = pipeline(view);
  const { padded, other } = made;
  return {
    samples: samplesMarkup(view, made),
    notes: notesMarkup(notesOn(view, made)),
    padded: batchSvg('masks-padded', padded.batch, paddedTitle(made), describeBatch(padded.batch)),
    other: batchSvg('masks-other', rowsApart(other), otherTitle(view, made), describeBatch(other.batch)),
    modes: modesMarkup(view, made),
    places: placesMarkup(other.batch, made),
    example: exampleMarkup(made),
    settings: settingsText(view),
  };
}
