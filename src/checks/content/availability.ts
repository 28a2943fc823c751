import type { ContentSource } from '../../collections/content-source.ts';
import type { Problem } from '../../errors/problem.ts';
import { problemAt } from './check.ts';

/** A trainer's availability runs from old to new, and a removed trainer names its successor. */
export function checkAvailability(source: ContentSource): Problem[] {
  return source.trainers.flatMap((trainer) => {
    const order = trainer.availability.flatMap(({ since }, index) => {
      const before = trainer.availability[index - 1]?.since;
      if (before === undefined || compareReleases(before, since) < 0) return [];
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

/** Orders `1.9.0` before `1.13.0`. A leading `<=` ("at the latest") does not count. */
function compareReleases(a: string, b: string): number {
  return bare(a).localeCompare(bare(b), 'en', { numeric: true });
}

function bare(release: string): string {
  return release.replace(/^[<>=~\s]+/, '');
}
