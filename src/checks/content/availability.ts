import type { ContentSource } from '../../collections/content-source.ts';
import type { Problem } from '../../errors/problem.ts';
import { compareReleases } from '../../trl/release-order.ts';
import { problemAt } from './check.ts';

/** A trainer's availability runs from old to new, and a removed trainer names its successor. */
export function checkAvailability(source: ContentSource): Problem[] {
  return source.trainers.flatMap((trainer) => {
    const order = trainer.availability.flatMap(({ since }, index) => {
      const before = trainer.availability[index - 1]?.since;
      if (before === undefined || compareReleases(bare(before), bare(since)) < 0) return [];
      const message = `expected a release after ${before}, found ${since}`;
      return [problemAt(source, trainer, ['availability', index, 'since'], 'availability-order', message)];
    });
    const last = trainer.availability.length - 1;
    const isRemoved = trainer.availability[last]?.tier === 'removed';
    if (!isRemoved || (trainer.instead.length > 0 && trainer.instead_why !== '')) return order;
    const message = `\`${trainer.slug}\` is removed, but \`instead\` or \`instead_why\` is empty`;
    return [
      ...order,
      problemAt(source, trainer, ['availability', last, 'tier'], 'removed-without-successor', message),
    ];
  });
}

/** `<=0.25.1` says "at the latest": the sign does not count in the order. */
function bare(release: string): string {
  return release.replace(/^[<>=~\s]+/, '');
}
