import type { Interval } from './scale.ts';

/** What a logged series measures: series of one kind share a panel, and an axis. */
export interface SeriesKind {
  /** Names the axis of a panel with several series. */
  quantity: string;
  unit?: string;
  /** Values cannot lie outside. */
  bounds?: Interval;
}

/** By the names under which TRL's trainers log; the first that fits holds. */
const kinds: readonly (readonly [RegExp, SeriesKind])[] = [
  [/accurac|exact|_rate$|_share$/, { quantity: 'share', bounds: [0, 1] }],
  [/(^|_)loss$/, { quantity: 'loss' }],
  [/^rewards?(\/|$)/, { quantity: 'rewards' }],
  [/^logps\//, { quantity: 'log-probability', unit: 'nats' }],
  [/^logits\//, { quantity: 'logits' }],
  [/(^|\/)entropy$/, { quantity: 'entropy', unit: 'nats per token' }],
  [/(^|\/)kl$/, { quantity: 'KL', unit: 'nats' }],
  [/^num_tokens$/, { quantity: 'tokens seen' }],
];

/** The kind of a series; one that is not known is a kind of its own, under its own name. */
export function kindOf(series: string): SeriesKind {
  const name = series.replace(/^eval_/, '');
  return kinds.find(([pattern]) => pattern.test(name))?.[1] ?? { quantity: name };
}

/** Groups series by kind, in the order of their first appearance. */
export function byKind(series: readonly string[]): { kind: SeriesKind; series: string[] }[] {
  const groups = new Map<string, { kind: SeriesKind; series: string[] }>();
  for (const name of series) {
    const kind = kindOf(name);
    const group = groups.get(kind.quantity) ?? { kind, series: [] };
    group.series.push(name);
    groups.set(kind.quantity, group);
  }
  return [...groups.values()];
}
