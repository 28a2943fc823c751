import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/** A query, and the results that it must give; see search-scenarios.yaml. */
export interface Scenario {
  kind: string;
  query: string;
  /** In order; each with the alternatives that will do. */
  want: string[][];
  /** Not looked at while tuning. */
  held: boolean;
}

/** A group of results as the reader sees it: the page, and what is offered of it. */
export interface ShownGroup {
  page: string;
  places: string[];
}

export interface Verdict {
  scenario: Scenario;
  /** 1 for the first group; 0 when the right result is not among those shown. */
  rank: number;
  /** Whether the further results follow in order. */
  ordered: boolean;
}

export interface Score {
  scenarios: number;
  first: number;
  three: number;
}

const file = z.record(
  z.string(),
  z.array(z.strictObject({ q: z.string().min(1), want: z.array(z.string()).min(1) })),
);

/** Reads the scenarios; every second one of a kind is held out. */
export function readScenarios(path: string): Scenario[] {
  return Object.entries(file.parse(parse(readFileSync(path, 'utf8')))).flatMap(([kind, list]) =>
    list.map(({ q, want }, index) => ({
      kind,
      query: q,
      want: want.map((each) => each.split('|').map((place) => place.trim())),
      held: index % 2 === 1,
    })),
  );
}

/** The place of a wanted result among the groups, from 1; 0 when it is missing. */
export function rankOf(alternatives: readonly string[], groups: readonly ShownGroup[]): number {
  return 1 + groups.findIndex((group) => alternatives.some((place) => leadsTo(place, group)));
}

/** A page is met by any result of it; a place must be the first that is offered of its page. */
function leadsTo(place: string, { page, places }: ShownGroup): boolean {
  return place.includes('#') ? places[0] === place : page === place;
}

export function judge(scenario: Scenario, groups: readonly ShownGroup[]): Verdict {
  const ranks = scenario.want.map((alternatives) => rankOf(alternatives, groups));
  const further = ranks.map((rank) => rank || Number.POSITIVE_INFINITY);
  return {
    scenario,
    rank: ranks[0] ?? 0,
    ordered: further.every((rank, i) => i === 0 || rank >= (further[i - 1] ?? 0)),
  };
}

/** Shares of the scenarios whose right result is first, and among the first three. */
export function score(verdicts: readonly Verdict[]): Score {
  const share = (test: (rank: number) => boolean) =>
    verdicts.filter(({ rank }) => test(rank)).length / Math.max(1, verdicts.length);
  return {
    scenarios: verdicts.length,
    first: share((rank) => rank === 1),
    three: share((rank) => rank >= 1 && rank <= 3),
  };
}
