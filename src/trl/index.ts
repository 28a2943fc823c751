import type { Facts, TrlClass } from '../collections/facts.ts';
import type { Trainer } from '../collections/trainer.ts';
import { acceptedArguments } from './callable.ts';
import { indexRelease, pick } from './release.ts';
import { type Resolution, resolve } from './resolve.ts';

export type { Resolution } from './resolve.ts';

/** Look-ups in the facts of all releases at hand. Pure: the same facts give the same answers. */
export interface TrlIndex {
  /**
   * What a symbol is: `DPOTrainer`, `DPOConfig.beta`, `DPOTrainer._compute_loss`, `trl.trainer.utils.pad`.
   *
   * @param near the slug of the trainer whose page asks, for names that several modules define
   */
  resolve(symbol: string, near?: string): Resolution;
  /** A config class with the facts of the newest release that has it. */
  config(name: string): { facts: Facts; trlClass: TrlClass } | undefined;
  /** Accepted keyword arguments; undefined for an unknown name, and for one that accepts any keyword. */
  callable(name: string): string[] | undefined;
  /** The newest of these releases: the pinned one. */
  newest: Facts | undefined;
}

/** @param facts newest release first */
export function createTrlIndex(facts: readonly Facts[], trainers: readonly Trainer[]): TrlIndex {
  const releases = facts.map(indexRelease);
  const resolutions = new Map<string, Resolution>();
  return {
    newest: facts[0],
    resolve(symbol, near) {
      const key = `${symbol} ${near ?? ''}`;
      const known = resolutions.get(key) ?? resolve(symbol, releases, trainers, near);
      resolutions.set(key, known);
      return known;
    },
    config(name) {
      for (const release of releases) {
        const trlClass = pick(release.classes.get(name), undefined, undefined);
        if (trlClass?.kind === 'config') return { facts: release.facts, trlClass };
      }
      return undefined;
    },
    callable: (name) => acceptedArguments(name, releases),
  };
}
