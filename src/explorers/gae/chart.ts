import { aroundZero, type Strip, type StripChart } from '../../figures/strips.ts';
import { credit, type Estimates, estimate } from './estimate.ts';
import { episodeOf, followed, type GaeView, statesOf } from './view.ts';

/** The states' names: the tokens by index, and the state after the last one. */
export function stateNames(view: GaeView): string[] {
  return Array.from({ length: statesOf(view) }, (_, t) => (t < view.tokens ? `t = ${t}` : 'end'));
}

/** Quantities of the answer by state, the earliest cause on top. */
export function gaeChart(view: GaeView): StripChart {
  const found = estimate(episodeOf(view));
  const sums = aroundZero([...found.rewards, ...found.values, ...found.returns]);
  const surprises = aroundZero([...found.deltas, ...found.advantages, ...found.monteCarlo]);
  const strips: Strip[] = [
    { name: 'reward r', values: found.rewards, domain: sums, tone: 'reference' },
    { name: 'value V', values: found.values, domain: sums, tone: 4 },
    { name: 'TD error δ', values: found.deltas, domain: surprises, tone: 5 },
    creditStrip(view),
    advantageStrip(found, surprises),
    { name: 'return G = Â + V', values: found.returns, domain: sums, tone: 3 },
  ];
  if (view.whitenAdvantages)
    strips.push({
      name: 'Â whitened over the tokens',
      values: found.used,
      domain: aroundZero(found.used),
      tone: 'policy',
    });
  return { heading: 'One answer, state by state', columns: stateNames(view), strips };
}

function creditStrip(view: GaeView): Strip {
  const from = followed(view);
  return {
    name: `heard of δ at ${stateNames(view)[from]}: (γλ)ˡ`,
    values: credit(statesOf(view), from, view.gamma, view.lam),
    domain: [0, 1],
    tone: 6,
  };
}

/** The advantage between its two limits. */
function advantageStrip(found: Estimates, domain: Strip['domain']): Strip {
  return {
    name: 'advantage Â',
    values: found.advantages,
    domain,
    tone: 'policy',
    marks: [
      { name: 'λ = 0', values: found.deltas, dash: 0 },
      { name: 'λ = 1', values: found.monteCarlo, dash: 2 },
    ],
  };
}
