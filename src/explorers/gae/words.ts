import { formatFixed, formatNumber } from '../../figures/number.ts';
import { tableMarkup } from '../table-markup.ts';
import { stateNames } from './chart.ts';
import { credit, type Estimates, estimate, halfLife, isConstant } from './estimate.ts';
import { episodeOf, followed, type GaeView, statesOf } from './view.ts';

const four = (value: number) => formatFixed(value, 4);
const isZero = (values: readonly number[]) => values.every((value) => Math.abs(value) < 5e-5);

/** What the numbers teach, as list items. Numbers and names of ours alone: nothing to escape. */
export function readingsMarkup(view: GaeView): string {
  return readings(view)
    .map((reading) => `<li>${reading}</li>`)
    .join('');
}

/** What the numbers teach, a sentence or two each. */
export function readings(view: GaeView): string[] {
  const found = estimate(episodeOf(view));
  return [
    reachReading(view),
    limitReading(view, found),
    ...criticReading(view, found),
    ...turnedReading(view, found),
    placeReading(view),
    ...whiteningReading(view, found),
  ];
}

/** How far back credit reaches. */
function reachReading(view: GaeView): string {
  const { gamma, lam } = view;
  const from = followed(view);
  const name = from === view.tokens ? 'the end' : `token ${from}`;
  const first = credit(statesOf(view), from, gamma, lam)[0] ?? 0;
  const half = halfLife(gamma, lam);
  const heard = `Token 0 hears ${four(first)} of the surprise at ${name}, ${from} ${from === 1 ? 'step' : 'steps'} later.`;
  if (half === 0) return `γλ = 0: a surprise stays where it is, nothing is passed on.`;
  if (!Number.isFinite(half))
    return `γλ = 1: a surprise is passed on whole to every token before it. ${heard}`;
  return `Each step back leaves γλ = ${formatNumber(gamma * lam, 4)} of a surprise, and half of it is left after ${formatNumber(half)} tokens. ${heard}`;
}

/** Where λ stands between its limits. */
function limitReading({ lam, gamma }: GaeView, { deltas, monteCarlo, advantages }: Estimates): string {
  const sum = gamma === 1 ? 'the rewards to come' : 'the discounted rewards to come';
  if (lam === 0) return 'λ = 0: the advantage is the TD error δ. All trust is in V, one step ahead.';
  if (lam === 1)
    return `λ = 1: all values but the first cancel. The advantage is ${sum} minus V(s), Monte Carlo with a baseline: no bias from a wrong V, all the noise of the sample.`;
  const [zero = 0] = deltas;
  const [one = 0] = monteCarlo;
  const [now = 0] = advantages;
  return `Token 0: ${four(zero)} is its TD error, what λ = 0 would give; ${four(now)} its advantage; ${four(one)} ${sum} minus V, what λ = 1 would give.`;
}

/** A critic that knows all, or nothing. */
function criticReading({ gamma }: GaeView, { deltas, values, rewards }: Estimates): string[] {
  if (isZero(deltas))
    return [
      isZero(rewards)
        ? 'No reward, no value: every advantage is 0.'
        : 'The critic is perfect: V is what comes, no δ is left, and every advantage is 0 at any λ. A good score alone pushes nothing.',
    ];
  if (isZero(values))
    return [
      `The critic says 0 everywhere: δ is the reward itself, and λ acts as a discount beside γ = ${formatNumber(gamma)}.`,
    ];
  return [];
}

/** Tokens whose advantage has another sign than their own surprise. */
function turnedReading(view: GaeView, { deltas, advantages }: Estimates): string[] {
  const turned = advantages.flatMap((value, t) =>
    t < view.tokens && value * (deltas[t] ?? 0) < 0 && Math.abs(value) >= 5e-5 ? [t] : [],
  );
  const [first] = turned;
  if (first === undefined) return [];
  const names = turned.length === 1 ? `Token ${first} has` : `Tokens ${turned.join(', ')} have`;
  return [
    `${names} an advantage with the other sign than the own TD error: token ${first} has δ = ${four(deltas[first] ?? 0)} and Â = ${four(advantages[first] ?? 0)}. What comes later outweighs it.`,
  ];
}

/** Where TRL puts the score. */
function placeReading({ ended, tokens }: GaeView): string {
  return ended
    ? 'The answer has ended, so PPOTrainer adds the score one place after the last token. That state moves no policy; the last token hears of the score through V(end) and λ.'
    : `The answer fills the batch’s width, so there is no state after it: PPOTrainer adds the score to the last token, ${tokens - 1}, and takes 0 as the value behind it.`;
}

function whiteningReading(view: GaeView, { advantages, returns }: Estimates): string[] {
  const tokens = advantages.slice(0, view.tokens);
  const over = `over the ${view.tokens} tokens (PPOTrainer: over those of the whole batch)`;
  const ofAdvantages = isConstant(tokens)
    ? `Whitened ${over}, equal advantages become 0.`
    : `Whitened ${over}, the advantages have mean 0 and variance 1; the returns, up to ${four(Math.max(...returns))}, stay as they are.`;
  return [
    ...(view.whitenRewards
      ? [
          'whiten_rewards divides the rewards by their deviation over the states and keeps their mean; V is not divided.',
        ]
      : []),
    ...(view.whitenAdvantages ? [ofAdvantages] : []),
  ];
}

/** One state in full, for the line that follows the reader's edits. */
export function stateInWords(view: GaeView, t: number): string {
  const { rewards, values, deltas, advantages, returns } = estimate(episodeOf(view));
  const name = t === view.tokens ? 'After the end' : `Token ${t}`;
  const at = (row: readonly number[]) => four(row[t] ?? Number.NaN);
  return `${name}: reward ${at(rewards)}, value ${at(values)}, δ ${at(deltas)}, advantage ${at(advantages)}, return ${at(returns)}`;
}

/** The settings that the figure was drawn with. */
export function settingsText({ gamma, lam, score }: GaeView): string {
  return `γ = ${formatNumber(gamma)}, λ = ${formatNumber(lam)}, score ${formatNumber(score)}`;
}

/** The chart in one sentence, for those who do not see it. */
export function describe(view: GaeView): string {
  const { rewards, values, deltas, advantages } = estimate(episodeOf(view));
  const list = (row: readonly number[]) => row.map((value) => formatNumber(value)).join(', ');
  return `${settingsText(view)}. Rewards ${list(rewards)}; values ${list(values)}; TD errors ${list(deltas)}; advantages ${list(advantages)}.`;
}

/** All quantities to four decimals: a row a state. As HTML. */
export function numbersMarkup(view: GaeView): string {
  const found = estimate(episodeOf(view));
  const columns: [string, readonly number[]][] = [
    ['reward', found.rewards],
    ['V', found.values],
    ['δ (λ = 0)', found.deltas],
    ['Â', found.advantages],
    ['λ = 1', found.monteCarlo],
    ['return', found.returns],
  ];
  if (view.whitenAdvantages) columns.push(['whitened', found.used]);
  const rows = stateNames(view).map((name, t) => {
    const cells = columns.map(([, row]) => `<td>${four(row[t] ?? Number.NaN)}</td>`).join('');
    return `<tr><th scope="row">${name}</th>${cells}</tr>`;
  });
  return tableMarkup('One answer, state by state', ['state', ...columns.map(([name]) => name)], rows);
}
