import { formatFixed, formatNumber } from '../../figures/number.ts';
import { swatchMarkup } from '../../figures/swatch.ts';
import { tableMarkup } from '../table-markup.ts';
import { answerValue } from './value.ts';
import { type KTOView, span } from './view.ts';

/** Both kinds of answer at the view's log-ratio. */
export function readoutMarkup(view: KTOView): string {
  const rows = ([true, false] as const).map((wanted) => {
    const { gain, value, loss, push } = answerValue(view.logRatio, wanted, view);
    const look = wanted ? ({ tone: 'chosen', dash: 0 } as const) : ({ tone: 'rejected', dash: 1 } as const);
    const cells = [formatFixed(gain, 2), ...[value, loss, push].map((each) => formatFixed(each, 4))];
    return row(`${swatchMarkup(look)} ${wanted ? 'wanted' : 'unwanted'}`, cells);
  });
  return tableMarkup(
    `An answer at ℓ = ${formatNumber(view.logRatio)} nats`,
    ['label', 'β(ℓ − z₀)', 'value', 'loss', 'push'],
    rows,
  );
}

/** Values at round log-ratios: a row each, both kinds of answer. */
export function numbersMarkup(view: KTOView): string {
  const rows = Array.from({ length: 8 }, (_, i) => span[0] + 20 * i).map((logRatio) => {
    const [good, bad] = [answerValue(logRatio, true, view), answerValue(logRatio, false, view)];
    return row(
      formatNumber(logRatio),
      [good.value, good.push, bad.value, bad.push].map((each) => formatFixed(each, 4)),
    );
  });
  return tableMarkup(
    'By log-ratio ℓ in nats',
    ['ℓ', 'wanted: value', 'push', 'unwanted: value', 'push'],
    rows,
  );
}

/** The log-ratio and what it is worth, for the slider that moves it. */
export function logRatioInWords(view: KTOView): string {
  const at = (wanted: boolean) => formatNumber(answerValue(view.logRatio, wanted, view).value);
  return `${formatNumber(view.logRatio)} nats: wanted ${at(true)}, unwanted ${at(false)}`;
}

export function settingsText({ beta, desirableWeight, undesirableWeight, z0 }: KTOView): string {
  const [b, d, u, z] = [beta, desirableWeight, undesirableWeight, z0].map((value) => formatNumber(value));
  return `β = ${b}, λ_D = ${d}, λ_U = ${u}, z₀ = ${z} nats`;
}

/** What a panel of answers shows, for those who do not see it. */
export function describe(view: KTOView, quantity: 'value' | 'push'): string {
  const at = (logRatio: number, wanted: boolean) =>
    formatNumber(answerValue(logRatio, wanted, view)[quantity]);
  const ends = (wanted: boolean) =>
    `${at(span[0], wanted)} at ${formatNumber(span[0])} nats, ${at(view.z0, wanted)} at the reference point, ${at(span[1], wanted)} at ${span[1]}`;
  return `Wanted: ${ends(true)}. Unwanted: ${ends(false)}. ${settingsText(view)}.`;
}

export function describeHuman({ alpha, aversion }: KTOView): string {
  return `Prospect theory with α = ${formatNumber(alpha)} and λ = ${formatNumber(aversion)}: a kink at 0, losses steeper than gains, flatter on both sides. Beside it the logistic function at slope 1: no kink, the same on both sides.`;
}

function row(head: string, cells: readonly string[]): string {
  return `<tr><th scope="row">${head}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}
