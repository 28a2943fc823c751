import type { ContentSource } from '../../collections/content-source.ts';
import { withExcerpts } from '../../errors/excerpt.ts';
import { byPlace, type Problem } from '../../errors/problem.ts';
import { changedNames } from './changed-names.ts';
import { changedTrainers } from './changed-trainers.ts';
import { contradicted } from './contradicted.ts';
import { upgradeOf } from './drift.ts';
import { mirroredCode } from './mirrored-code.ts';

/**
 * What the newest release at hand would make untrue, in order of appearance: warnings, since content is held to
 * the pinned release and stays true for it. Empty, and without cost, when no newer facts are there.
 *
 * @param base the base path of the site, for links
 */
export function checkDrift(source: ContentSource, base = '/'): Problem[] {
  const upgrade = upgradeOf(source);
  if (!upgrade) return [];
  const found = [
    ...mirroredCode(source, upgrade),
    ...contradicted(source, upgrade, base),
    ...changedTrainers(source, upgrade),
    ...changedNames(source, upgrade),
  ];
  // One place, one finding: of a name that is gone the checks say more than its absence.
  const places = new Map<string, Problem>();
  for (const each of found) {
    const key = `${each.file}:${each.line}:${each.column}`;
    if (!places.has(key)) places.set(key, each);
  }
  return withExcerpts([...places.values()], source.texts).sort(byPlace);
}
