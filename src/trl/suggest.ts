import { distance } from 'fastest-levenshtein';
import type { TrlClass } from '../collections/facts.ts';
import { nearest } from '../errors/suggest.ts';
import type { Release } from './release.ts';

/** The member of a class that an author most likely meant, as `DPOConfig.beta`. */
export function suggestMember(trlClass: TrlClass, member: string): string | undefined {
  const names = [...trlClass.fields, ...trlClass.methods].map(({ name }) => name);
  const meant = nearest(member, names);
  return meant === undefined ? undefined : `${trlClass.name}.${meant}`;
}

/** The class or function that an author most likely meant; names of the newest release come first. */
export function suggestName(name: string, releases: readonly Release[]): string | undefined {
  for (const { classes, functions } of releases) {
    const meant = nearest(name, /^_?[A-Z]/.test(name) ? classes.keys() : functions.keys());
    if (meant !== undefined) return meant;
  }
  return undefined;
}

/** Whether a name in CamelCase is one or two letters off a trainer or config: `DPOTrainr`, `DpoConfig`. */
export function isMisspelt(name: string, releases: readonly Release[]): boolean {
  if (!/^[A-Z]\w*[a-z]/.test(name)) return false;
  return releases.some(({ facts }) =>
    facts.classes.some((each) => {
      if (each.kind !== 'trainer' && each.kind !== 'config') return false;
      return distance(name.toLowerCase(), each.name.toLowerCase()) <= 2;
    }),
  );
}
