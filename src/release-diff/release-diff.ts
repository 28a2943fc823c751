import type { ContentSource } from '../collections/content-source.ts';
import type { Facts } from '../collections/facts.ts';
import type { Trainer } from '../collections/trainer.ts';
import { changesBetween, type ReleaseChange } from '../trl/release-changes.ts';

/** A change, with what an author does about it where `migration.yaml` says so. */
export interface ExplainedChange extends ReleaseChange {
  say: string | undefined;
}

/** What changed for one trainer, its config included. */
export interface TrainerDiff {
  name: string;
  slug: string | undefined;
  changes: ExplainedChange[];
}

export interface ReleaseDiff {
  older: Pick<Facts, 'trl' | 'released'>;
  newer: Pick<Facts, 'trl' | 'released'>;
  /** In the order of the registry; those without a change are left out. */
  trainers: TrainerDiff[];
  /** How many trainers were compared. */
  compared: number;
}

/** Which classes are compared: those with a page, one trainer's, or every trainer and config that TRL has. */
export type Scope = 'documented' | 'all' | { trainer: string };

/** The differences between two releases for the trainers of `scope`. */
export function releaseDiff(source: ContentSource, older: Facts, newer: Facts, scope: Scope): ReleaseDiff {
  const groups = groupsOf(source, older, newer, scope);
  const trainers = groups.map(({ name, slug, classes }) => ({
    name,
    slug,
    changes: changesBetween(classes, older, newer, source.history).map((change) => ({
      ...change,
      // Advice is on what breaks a script; a wider type does not.
      say:
        change.what === 'type' || change.what === 'added'
          ? undefined
          : source.migration.find(({ changes }) => changes.includes(change.symbol))?.say,
    })),
  }));
  return {
    older: { trl: older.trl, released: older.released },
    newer: { trl: newer.trl, released: newer.released },
    trainers: trainers.filter(({ changes }) => changes.length > 0),
    compared: groups.length,
  };
}

interface Group {
  name: string;
  slug: string | undefined;
  classes: string[];
}

function groupsOf(source: ContentSource, older: Facts, newer: Facts, scope: Scope): Group[] {
  const group = (trainer: Trainer): Group => ({
    name: trainer.name,
    slug: trainer.slug,
    classes: [trainer.class, trainer.config],
  });
  if (typeof scope === 'object') {
    return source.trainers.filter(({ slug }) => slug === scope.trainer).map(group);
  }
  if (scope === 'documented') {
    return source.trainers.filter(({ slug }) => source.claimed.entries.has(`trainers/${slug}`)).map(group);
  }
  const known = source.trainers.map(group);
  const grouped = new Set(known.flatMap(({ classes }) => classes));
  const others = new Set(
    [...older.classes, ...newer.classes]
      .filter(({ kind, name }) => (kind === 'trainer' || kind === 'config') && !name.startsWith('_'))
      .map(({ name }) => name)
      .filter((name) => !grouped.has(name)),
  );
  return [...known, ...[...others].sort().map((name) => ({ name, slug: undefined, classes: [name] }))];
}
