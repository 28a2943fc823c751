import type { Trainer } from '../../collections/trainer.ts';

/**
 * What a reader must know of a trainer's place in TRL before taking it; undefined for a stable one. Plain text.
 *
 * @param newest the release that the site is about
 */
export function standing(
  { name, availability, facts }: Pick<Trainer, 'name' | 'availability' | 'facts'>,
  newest: string,
): string | undefined {
  const last = availability.at(-1);
  if (last?.tier === 'experimental')
    return `${name} is experimental in TRL ${newest}: its interface comes without a promise of stability.`;
  if (last?.tier === 'removed')
    return `${name} was removed in TRL ${last.since}. Pin trl==${facts}, the last release that has it, in an environment of its own.`;
  return undefined;
}

/** Trainers one after the other, by name: `SFT, then DPO`. */
export function inSequence(
  take: readonly string[],
  trainers: readonly Pick<Trainer, 'slug' | 'name'>[],
): string {
  return take.map((slug) => trainers.find((each) => each.slug === slug)?.name ?? slug).join(', then ');
}
