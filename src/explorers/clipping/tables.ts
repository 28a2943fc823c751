import { formatFixed, formatNumber } from '../../figures/number.ts';
import { swatchMarkup } from '../../figures/swatch.ts';
import { ticks } from '../../figures/ticks.ts';
import { tableMarkup } from '../table-markup.ts';
import { methodOf, noteOn } from './catalogue.ts';
import { signs } from './curves.ts';
import type { ClipView } from './view.ts';

/** Values at the view's ratio: a row a method. */
export function readoutMarkup(view: ClipView): string {
  const rows = view.methods.map((name) => {
    const { label, look, objective } = methodOf(name);
    const values = signs.map((sign) => objective(view.ratio, sign, view));
    const cells = values.flatMap(({ objective: value, push }) => [value, push]);
    return `<tr><th scope="row">${swatchMarkup(look)} <code>${label}</code></th>${cells.map(cell).join('')}</tr>`;
  });
  const heads = ['A = +1', 'push', 'A = −1', 'push'];
  return tableMarkup(`Objective and push at ρ = ${formatNumber(view.ratio)}`, ['method', ...heads], rows);
}

const cell = (value: number) => `<td>${formatFixed(value, 3)}</td>`;

/** The ratio and the pushes there, for the slider that moves it. */
export function ratioInWords(view: ClipView): string {
  const pushes = view.methods.map((name) => {
    const { label, objective } = methodOf(name);
    const [good, bad] = signs.map((sign) => formatNumber(objective(view.ratio, sign, view).push));
    return `${label} ${good} and ${bad}`;
  });
  return `${formatNumber(view.ratio)}: push for good and bad, ${pushes.join('; ')}`;
}

/** Values at round ratios: a row a ratio, for each method those of a good and of a bad answer. */
export function numbersMarkup(view: ClipView): string {
  const quantity = view.show === 'objective' ? 'objective' : 'push';
  const ratios = ticks([0, view.span], 8).filter((ratio) => ratio > 0);
  const rows = ratios.map((ratio) => {
    const cells = view.methods.flatMap((name) =>
      signs.map((sign) => cell(methodOf(name).objective(ratio, sign, view)[quantity])),
    );
    return `<tr><th scope="row">${formatNumber(ratio)}</th>${cells.join('')}</tr>`;
  });
  const heads = view.methods.flatMap((name) => [methodOf(name).label, 'A = −1']);
  const what = quantity === 'push' ? 'Push on log π' : 'Objective';
  return tableMarkup(`${what} by ratio ρ, for A = +1 and A = −1`, ['ρ', ...heads], rows);
}

/** What must be known to read the chosen curves. */
export function notesMarkup(view: ClipView): string {
  return view.methods
    .map((name) => `<li><code>${methodOf(name).label}</code> ${noteOn(name, view)}</li>`)
    .join('');
}

/** The settings that the curves were drawn with, as far as a chosen method has them. */
export function settingsText(view: ClipView): string {
  const has = (...names: readonly string[]) => view.methods.some((name) => names.includes(name));
  const said = (name: string, value: number) => `${name} = ${formatNumber(value)}`;
  return [
    ...(has('clip', 'clip_higher', 'two_sided') ? [said('ε', view.epsilon)] : []),
    ...(has('clip_higher') ? [said('ε_high', view.epsilonHigh)] : []),
    ...(has('two_sided') ? [said('δ', view.delta)] : []),
    ...(has('sequence') ? [`${said('ε', view.sequenceEpsilon)} over ${view.tokens} tokens`] : []),
    ...(has('cispo') ? [said('cap', view.cap)] : []),
    ...(has('sapo') ? [`τ = ${formatNumber(view.tauPos)}, ${formatNumber(view.tauNeg)}`] : []),
    ...(has('vespo')
      ? [
          `k = ${formatNumber(view.kPos)}, ${formatNumber(view.kNeg)}`,
          `λ = ${formatNumber(view.lambdaPos)}, ${formatNumber(view.lambdaNeg)}`,
        ]
      : []),
  ].join('; ');
}
