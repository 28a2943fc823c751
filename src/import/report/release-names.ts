import type { Facts, TrlClass, TrlFunction } from '../../collections/facts.ts';
import type { Trainer } from '../../collections/trainer.ts';
import { acceptedArguments } from '../../trl/callable.ts';
import { indexRelease, type Release } from '../../trl/release.ts';
import { compareReleases } from '../../trl/release-order.ts';
import { trlNames } from './names.ts';

/** Whether a release has a name, and else what became of it. */
export type Standing =
  | { kind: 'there' }
  /** `last` is the last release that had it. */
  | { kind: 'gone'; last: string }
  | { kind: 'unknown' };

/** Look-ups in one release, with what is known of the ones before. */
export interface ReleaseNames {
  trl: string;
  /** As a message names it: `TRL 1.16.0`. */
  label: string;
  module(path: string): Standing;
  /** What a module binds: a class, a function, a constant, a submodule. */
  inModule(module: string, name: string): Standing;
  /** A class by its name alone. */
  class(name: string): Standing;
  /** Where the release has a class or function today; several for a name that several modules define. */
  homes(name: string): string[];
  /** Accepted keywords of a class or function, in this release or else in the newest that has it. */
  accepted(name: string): { arguments: string[]; trl: string } | undefined;
  /** A field, method or parameter: `DPOConfig.beta`, `DPOTrainer.step`, `DPOTrainer.__init__.args`. */
  member(owner: string, name: string): Standing;
  /** Everything that a module exports, for "did you mean". */
  exported(module: string): readonly string[];
  /** Names of all classes, for "did you mean". */
  classes: readonly string[];
  /** Values that `loss_type` of a config takes; empty where the facts do not say. */
  lossTypes(config: string): readonly string[];
}

/**
 * @param trl a release that `facts` hold
 * @param facts newest release first
 * @param because the class that the release was chosen for, when it is not the newest
 */
export function releaseNames(
  trl: string,
  facts: readonly Facts[],
  trainers: readonly Trainer[],
  because?: string,
): ReleaseNames {
  const releases = facts.filter((each) => compareReleases(each.trl, trl) <= 0).map(indexRelease);
  const [release] = releases;
  const since = (last: string | undefined): Standing => {
    if (last === undefined) return { kind: 'unknown' };
    return compareReleases(last, trl) >= 0 ? { kind: 'there' } : { kind: 'gone', last };
  };
  const module = (path: string): Standing => {
    if (Object.hasOwn(trlNames.exports, path) || release?.modules.has(path)) return { kind: 'there' };
    return since(own(trlNames.gone.modules, path));
  };
  const definitions = (name: string, of = release): (TrlClass | TrlFunction)[] => [
    ...(of?.classes.get(name) ?? []),
    ...(of?.functions.get(name) ?? []),
  ];
  const homes = (name: string) => definitions(name).map((each) => each.import_path ?? each.module);
  return {
    trl,
    label: because === undefined ? `TRL ${trl}` : `TRL ${trl}, the last release with \`${because}\`,`,
    module,
    homes,
    inModule(path, name) {
      if (/^__\w+__$/.test(name)) return module(path);
      if (own(trlNames.exports, path)?.includes(name)) return { kind: 'there' };
      const submodule = module(`${path}.${name}`);
      if (submodule.kind === 'there') return submodule;
      if (definitions(name).some((each) => each.module === path || each.import_path === path)) {
        return { kind: 'there' };
      }
      const left = since(own(own(trlNames.gone.names, path) ?? {}, name));
      return left.kind === 'unknown' ? submodule : left;
    },
    class(name) {
      if (definitions(name).length > 0) return { kind: 'there' };
      const lasts = Object.values(trlNames.gone.names).flatMap((names) => own(names, name) ?? []);
      const before = releases.slice(1).find((each) => definitions(name, each).length > 0);
      return since([...lasts, ...(before ? [before.facts.trl] : [])].sort(compareReleases).at(-1));
    },
    accepted(name) {
      for (const each of releases) {
        if (definitions(name, each).length === 0) continue;
        const found = everyAccepted(name, each);
        return found && { arguments: found, trl: each.facts.trl };
      }
      return undefined;
    },
    member(owner, name) {
      const now = releases.find((each) => each.classes.has(owner));
      if (now?.classes.get(owner)?.some((each) => hasMember(each, name))) return { kind: 'there' };
      // A parameter that is gone says nothing of an attribute: `DPOTrainer.beta` is set from the config today.
      return since(own(trlNames.gone.members, `${owner}.${name}`));
    },
    exported: (path) => own(trlNames.exports, path) ?? [],
    classes: [...(release?.classes.keys() ?? [])],
    lossTypes(config) {
      const trainer =
        trainers.find((each) => each.config === config)?.class ?? config.replace(/Config$/, 'Trainer');
      return releases.find((each) => each.classes.has(trainer))?.classes.get(trainer)?.[0]?.loss_types ?? [];
    },
  };
}

/** Several classes may share a name: an argument that one of them takes is not said to be wrong. */
function everyAccepted(name: string, release: Release): string[] | undefined {
  const classes = (release.classes.get(name) ?? []).filter(({ bases }) => !bases.includes(name));
  if (classes.length === 0) return acceptedArguments(name, [release]);
  const parts = classes.map((each) =>
    acceptedArguments(name, [{ ...release, classes: new Map([...release.classes, [name, [each]]]) }]),
  );
  return parts.includes(undefined) ? undefined : [...new Set(parts.flatMap((each) => each ?? []))];
}

function hasMember({ methods, fields }: TrlClass, name: string): boolean {
  return [...methods, ...fields].some((each) => each.name === name);
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
