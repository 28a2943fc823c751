import type { Facts, TrlClass, TrlFunction } from '../collections/facts.ts';

/** The facts of one release by name. Names repeat between modules, so each has a list. */
export interface Release {
  facts: Facts;
  classes: ReadonlyMap<string, readonly TrlClass[]>;
  functions: ReadonlyMap<string, readonly TrlFunction[]>;
  modules: ReadonlySet<string>;
}

/** Indexes a release once, so that each look-up is a map access. */
export function indexRelease(facts: Facts): Release {
  const modules = [...facts.classes, ...facts.functions].flatMap(({ module, import_path }) =>
    [module, import_path ?? module].flatMap(withParents),
  );
  return {
    facts,
    classes: byName(facts.classes),
    functions: byName(facts.functions),
    modules: new Set(modules),
  };
}

/** `trl.trainer.utils` lies in `trl.trainer`, which lies in `trl`. */
function withParents(module: string): string[] {
  const parts = module.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}

function byName<T extends { name: string }>(entries: readonly T[]): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const entry of entries) map.set(entry.name, [...(map.get(entry.name) ?? []), entry]);
  return map;
}

interface Located {
  module: string;
  import_path: string | null;
  tier?: string;
}

/**
 * Of several classes or functions of one name, the one that is meant: in the module that was written,
 * else exported by `trl` itself, else in `near`, else stable, else the first.
 *
 * @param near the module whose page asks: `DataCollatorForPreference` exists in DPO's and in the reward trainer's
 */
export function pick<T extends Located>(
  candidates: readonly T[] | undefined,
  module: string | undefined,
  near: string | undefined,
): T | undefined {
  const fitting = (candidates ?? []).filter(
    (each) => module === undefined || [each.module, each.import_path].some((path) => path === module),
  );
  const rank = (each: Located) =>
    (each.import_path === 'trl' ? 4 : 0) + (each.module === near ? 2 : 0) + (each.tier === 'stable' ? 1 : 0);
  return fitting.reduce<T | undefined>(
    (best, each) => (best === undefined || rank(each) > rank(best) ? each : best),
    undefined,
  );
}
