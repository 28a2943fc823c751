import { formatFixed, formatNumber } from '../../figures/number.ts';
import { swatchMarkup } from '../../figures/swatch.ts';
import { ticks } from '../../figures/ticks.ts';
import { tableMarkup } from '../table-markup.ts';
import { lookOf, quantities, shows } from './curves.ts';
import { type ClipName, clipMethods } from './methods.ts';
import { type ClipView, least } from './view.ts';

/** What each method is in TRL, as markup. */
const standsFor: Record<ClipName, string | ((view: ClipView) => string)> = {
  clip: '<code>PPOConfig.cliprange</code> of TRL 1.12.0, <code>RLOOConfig.epsilon</code>, and <code>GRPOConfig.epsilon</code> under <code>grpo</code>, <code>bnpo</code>, <code>dr_grpo</code> and <code>dapo</code>, which differ in how tokens are averaged, not in this curve.',
  'clip-higher':
    'the same with <code>epsilon_high</code>: a rare good token may grow further before it falls silent.',
  'two-sided':
    '<code>GRPOConfig.delta</code> cuts ρ itself: a bad token that became much likelier is pushed no more. In TRL the clip stays beside it.',
  sequence: ({ seqEps, tokens }) =>
    `<code>importance_sampling_level="sequence"</code> (GSPO), which TRL tells <code>luspo</code> to use: one ratio for the answer, the geometric mean of its tokens’. One token of ${tokens} moves here, so at ρ = 2 the answer stands at ${formatNumber(2 ** (1 / tokens), 5)}. All of a good answer falls silent once ρ is above ${formatNumber((1 + seqEps) ** tokens, 4)}, of a bad one below ${formatNumber((1 - seqEps) ** tokens, 4)}.`,
  cispo:
    '<code>loss_type="cispo"</code>: the weight min(ρ, <code>epsilon_high</code>) carries no gradient, so every token keeps a push.',
  sapo: '<code>loss_type="sapo"</code>: a sigmoid in place of the clip; the push fades on both sides.',
  vespo:
    '<code>loss_type="vespo"</code>: ρ is the whole answer’s ratio; answers far from 1 on either side weigh little.',
  unclipped: 'importance sampling alone, for comparison: no trainer stops here.',
};

/** A list item for each method that is drawn. */
export function notesMarkup(view: ClipView): string {
  const told = (name: ClipName) => {
    const text = standsFor[name];
    return typeof text === 'string' ? text : text(view);
  };
  return view.methods.map((name) => `<li><code>${name}</code> is ${told(name)}</li>`).join('');
}

/** Values at the view's ratio: a row a method. */
export function readoutMarkup(view: ClipView): string {
  const rows = view.methods.map((name) => {
    const { objective, push } = clipMethods[name];
    const cells = [1, -1].flatMap((a) => [objective(view.ratio, a, view), push(view.ratio, a, view)]);
    return `<tr><th scope="row">${swatchMarkup(lookOf(name))} <code>${name}</code></th>${cells.map((value) => `<td>${formatFixed(value, 3)}</td>`).join('')}</tr>`;
  });
  const heads = ['method', 'A = 1', 'push', 'A = −1', 'push'];
  return tableMarkup(`Objective and push at a ratio of ${formatNumber(view.ratio)}`, heads, rows);
}

/** The ratio and the pushes there, for the slider that moves it. */
export function ratioInWords(view: ClipView): string {
  const values = view.methods.map((name) => {
    const [good, bad] = [1, -1].map((a) => formatNumber(clipMethods[name].push(view.ratio, a, view)));
    return `${name} ${good} and ${bad}`;
  });
  return `${formatNumber(view.ratio)}, pushes on a good and a bad answer: ${values.join(', ')}`;
}

/** What is drawn, at round ratios: a row a ratio, for each method its value for either sign of A. */
export function numbersMarkup(view: ClipView): string {
  return quantities
    .filter((quantity) => shows(view, quantity))
    .map((quantity) => {
      const rows = ticks([0, view.span], 9).map((tick) => {
        const ratio = Math.max(least, tick);
        const cells = view.methods.flatMap((name) =>
          [1, -1].map((a) => clipMethods[name][quantity](ratio, a, view)),
        );
        return `<tr><th scope="row">${formatNumber(ratio)}</th>${cells.map((value) => `<td>${formatFixed(value, 3)}</td>`).join('')}</tr>`;
      });
      const heads = view.methods.flatMap((name) => [`<code>${name}</code>, A = 1`, 'A = −1']);
      const what = quantity === 'push' ? 'Push on log π' : 'Objective less its value at ρ = 1,';
      return tableMarkup(`${what} by ratio ρ`, ['ρ', ...heads], rows);
    })
    .join('');
}
