import type { ContentSource } from '../../collections/content-source.ts';
import type { Facts } from '../../collections/facts.ts';
import { type Place, type Problem, problem } from '../../errors/problem.ts';
import { type Definition, definitionOf } from '../../trl/definition.ts';
import { indexRelease } from '../../trl/release.ts';

/** The release that content is held to, the newest one after it, and what each says of a symbol. */
export interface Upgrade {
  pinned: Facts;
  newer: Facts;
  /** Both definitions of a symbol; undefined for one that the pinned release does not have. */
  compare(symbol: string, near?: string): { before: Definition; after: Definition | undefined } | undefined;
}

/** The upgrade that the content folder could make; undefined when no facts of a newer release are at hand. */
export function upgradeOf({ facts, newerFacts }: ContentSource): Upgrade | undefined {
  const [pinned] = facts;
  const [newer] = newerFacts;
  if (!pinned || !newer) return undefined;
  const [old, next] = [indexRelease(pinned), indexRelease(newer)];
  return {
    pinned,
    newer,
    compare(symbol, near) {
      const before = definitionOf(symbol, old, near);
      return before && { before, after: definitionOf(symbol, next, near) };
    },
  };
}

/** A finding: something that holds for the pinned release and would not for the newer one. */
export function drift(place: Place, { newer }: Upgrade, message: string, suggestion?: string): Problem {
  return problem('trl-drift', place, `TRL ${newer.trl}: ${message}`, { severity: 'warning', suggestion });
}
