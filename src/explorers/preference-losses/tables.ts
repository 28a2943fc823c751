import { formatFixed, formatNumber } from '../../figures/number.ts';
import { swatchMarkup } from '../../figures/swatch.ts';
import { ticks } from '../../figures/ticks.ts';
import { tableMarkup } from '../table-markup.ts';
import { type LossName, lookOf, noteOn } from './catalogue.ts';
import { alongPath, settingsOf } from './curves.ts';
import type { LossView } from './view.ts';

/*
 * The explorer's numbers and words as markup, the same when the site is built and when the reader moves
 * something. Names come from the catalogue and need no escaping.
 */

/** Values at the view's margin: a row a loss. */
export function readoutMarkup(view: LossView): string {
  const rows = view.losses.map((name) => {
    const { loss, slope, byChosen, byRejected } = alongPath(name, view.margin, view);
    const cells = [loss, slope, byChosen, byRejected].map((value) => `<td>${formatFixed(value, 4)}</td>`);
    return `<tr><th scope="row">${swatchMarkup(lookOf(name))} <code>${name}</code></th>${cells.join('')}</tr>`;
  });
  const heads = ['loss', 'dL/dΔ', 'dL/dℓ<sub>w</sub>', 'dL/dℓ<sub>l</sub>'];
  return tableMarkup(`At a margin of ${formatNumber(view.margin)} nats`, ['loss type', ...heads], rows);
}

/** The margin and the losses there, for the slider that moves it. */
export function marginInWords(view: LossView): string {
  const values = view.losses.map(
    (name) => `${name} ${formatNumber(alongPath(name, view.margin, view).loss)}`,
  );
  return `${formatNumber(view.margin)} nats: ${values.join(', ')}`;
}

/** Values at round margins: a row a margin, for each loss its value and its slope. */
export function numbersMarkup(view: LossView): string {
  const rows = ticks([-view.span, view.span], 6).map((margin) => {
    const cells = view.losses.map((name) => {
      const { loss, slope } = alongPath(name, margin, view);
      return `<td>${formatFixed(loss, 3)}</td><td>${formatFixed(slope, 4)}</td>`;
    });
    return `<tr><th scope="row">${formatNumber(margin)}</th>${cells.join('')}</tr>`;
  });
  const heads = view.losses.flatMap((name) => [`<code>${name}</code>`, 'slope']);
  return tableMarkup('Loss and slope dL/dΔ by margin Δ in nats', ['Δ', ...heads], rows);
}

/** What must be known to read the chosen curves. */
export function notesMarkup(view: LossView): string {
  const settings = settingsOf(view);
  const note = (name: LossName) => {
    const text = noteOn(name, settings);
    return text ? [`<li><code>${name}</code> ${text}</li>`] : [];
  };
  return view.losses.flatMap(note).join('');
}
