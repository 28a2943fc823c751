import { escapeMarkup } from '../../figures/panel-markup.ts';
import type { Batch } from './batch.ts';
import { piecesOf } from './modes.ts';
import type { Pipeline, Prepared } from './pipeline.ts';
import { ignored } from './sample.ts';
import { tokenText } from './token-text.ts';
import { emptyVocabulary, padId, padToken } from './tokenizer.ts';
import { type MasksView, maxLength } from './view.ts';

/*
 * Tokens one by one, as HTML: each a small stack of what it is, its masks and its label. The same when the site is
 * built and when the reader types.
 */

/** A row of the stacks: its name, and what stands in it for each token. */
interface Line {
  name: string;
  at: (index: number) => string;
}

/** Every sample with its masks and labels, before anything is cut. */
export function samplesMarkup(view: MasksView, { samples }: Pipeline): string {
  return samples.map((prepared) => sampleMarkup(view, prepared)).join('');
}

function sampleMarkup(view: MasksView, { number, sample }: Prepared): string {
  const { shifted, packing } = view;
  const length = maxLength(view);
  const { tokens, labels, completionMask, assistantMask } = sample;
  const label = (i: number) => labels[i + (shifted ? 1 : 0)];
  const lines: Line[] = [
    ...(completionMask ? [{ name: 'completion_mask', at: (i: number) => String(completionMask[i]) }] : []),
    ...(assistantMask ? [{ name: 'assistant_masks', at: (i: number) => String(assistantMask[i]) }] : []),
    { name: shifted ? 'label of the next' : 'labels', at: (i) => labelText(label(i)) },
  ];
  const cuts = length !== undefined && (packing === 'off' || packing === 'bfd');
  const stacks = tokens.map((token, i) => {
    const added = sample.ended && i === tokens.length - 1 ? ' mk-added' : '';
    const cut = cuts && i >= length ? ' mk-cut' : '';
    return stack(`${carries(label(i)) ? 'mk-loss' : ''}${added}${cut}`, token, lines, i);
  });
  const used = labels.slice(1).filter((each) => each !== ignored).length;
  const counts = `sample ${number}: ${counted(tokens.length, 'token')}, ${counted(used, 'label')} asked for`;
  return `<div class="mk-sample"><p class="label">${counts}</p><ol class="mk-tokens">${heads(lines)}${stacks.join('')}</ol></div>`;
}

/** Every place of a batch with its id, label and position; rows apart. */
export function placesMarkup(batch: Batch, { samples }: Pipeline): string {
  const names = tokensById(samples);
  const starts = new Map(piecesOf(batch).map(({ row, from, sample }) => [`${row} ${from}`, sample]));
  return batch.rows
    .map((places, row) => {
      const lines: Line[] = [
        { name: 'input_ids', at: (i) => String(places[i]?.id) },
        { name: 'labels', at: (i) => labelText(places[i]?.label) },
        { name: batch.flat ? 'position_ids' : 'position', at: (i) => String(places[i]?.position) },
      ];
      const shown = places.filter(({ padding }) => !padding);
      const stacks = shown.map(({ id, label }, i) =>
        stack(classOf(label, starts.has(`${row} ${i}`)), names[id] ?? '', lines, i),
      );
      if (shown.length < places.length) stacks.push(paddingMarkup(shown.length, places.length));
      return `<div class="mk-sample"><p class="label">row ${row + 1}</p><ol class="mk-tokens">${heads(lines)}${stacks.join('')}</ol></div>`;
    })
    .join('');
}

function classOf(label: number, begins: boolean): string {
  return `${carries(label) ? 'mk-loss' : ''}${begins ? ' mk-begin' : ''}`;
}

/** All padding of a row as one stack. */
function paddingMarkup(from: number, to: number): string {
  const positions = to - from > 1 ? `${from}–${to - 1}` : String(from);
  return `<li class="mk-padding"><bdi>${to - from} × ${tokenText(padToken)}</bdi><span>${padId}</span><span>${labelText(ignored)}</span><span>${positions}</span></li>`;
}

function stack(classes: string, token: string, lines: readonly Line[], index: number): string {
  const cells = lines.map(({ at }) => `<span>${at(index)}</span>`).join('');
  const own = classes.trim();
  return `<li${own && ` class="${own}"`}><bdi>${tokenText(token)}</bdi>${cells}</li>`;
}

function heads(lines: readonly Line[]): string {
  return `<li class="mk-heads"><span>token</span>${lines.map(({ name }) => `<span>${name}</span>`).join('')}</li>`;
}

function carries(label: number | undefined): boolean {
  return label !== undefined && label !== ignored;
}

function labelText(label: number | undefined): string {
  return label === undefined ? '–' : String(label).replace('-', '−');
}

function tokensById(samples: readonly Prepared[]): string[] {
  const names = [...emptyVocabulary().keys()];
  for (const { sample } of samples)
    for (const [i, id] of sample.ids.entries()) names[id] = sample.tokens[i] ?? '';
  return names;
}

/** The data set's row of the first sample, in JSON. */
export function exampleMarkup({ samples }: Pipeline): string {
  const [first] = samples;
  if (!first) return '';
  // Each turn of a conversation on a line.
  const text = JSON.stringify(first.example, undefined, 1)
    .replace(/\{\s*"role": ("\w+"),\s*"content": ("(?:[^"\\]|\\.)*")\s*\}/g, '{"role": $1, "content": $2}')
    .replace(/[\u007F-\u009F\u200B-\u200F\u2028-\u202F\u2060-\u206F\uFEFF]/g, '\uFFFD');
  return escapeMarkup(text);
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
