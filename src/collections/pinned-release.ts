import { compareReleases } from '../trl/release-order.ts';
import type { Facts } from './facts.ts';
import type { Trainer } from './trainer.ts';

/**
 * The release that content is held to: the newest one that a registry record names in `facts`. Facts of
 * releases after it may lie in the folder; they tell what an upgrade would change, and nothing else reads them.
 *
 * @returns undefined for a content folder without a registry: then the newest facts at hand hold
 */
export function pinnedRelease(trainers: readonly Pick<Trainer, 'facts'>[]): string | undefined {
  return trainers
    .map(({ facts }) => facts)
    .sort(compareReleases)
    .at(-1);
}

/** Facts up to the pinned release, and those after it; both newest first. */
export function splitAtPinned(
  facts: readonly Facts[],
  trainers: readonly Pick<Trainer, 'facts'>[],
): { facts: Facts[]; newerFacts: Facts[] } {
  const pinned = pinnedRelease(trainers);
  const sorted = [...facts].sort((a, b) => compareReleases(b.trl, a.trl));
  const isNewer = ({ trl }: Facts) => pinned !== undefined && compareReleases(trl, pinned) > 0;
  return { facts: sorted.filter((each) => !isNewer(each)), newerFacts: sorted.filter(isNewer) };
}
