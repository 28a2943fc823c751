import type { TrlClass } from '../collections/facts.ts';
import { pick, type Release } from './release.ts';

/**
 * The keyword arguments that a class or function accepts in the newest release that has it.
 *
 * @returns undefined for a name without facts, and for one that accepts any keyword
 */
export function acceptedArguments(name: string, releases: readonly Release[]): string[] | undefined {
  for (const release of releases) {
    const trlClass = pick(release.classes.get(name), undefined, undefined);
    if (trlClass) return argumentsOf(trlClass, release);
    const trlFunction = pick(release.functions.get(name), undefined, undefined);
    if (trlFunction) return named(trlFunction.parameters);
  }
  return undefined;
}

/** A dataclass accepts its fields; another class what its own or its base's `__init__` names. */
function argumentsOf(trlClass: TrlClass, release: Release): string[] | undefined {
  if (trlClass.kind === 'config') return trlClass.fields.map(({ name }) => name);
  const init = trlClass.methods.find(({ name }) => name === '__init__');
  if (init && init.inherited_from === null) return named(init.parameters);
  for (const base of trlClass.bases) {
    const parent = pick(release.classes.get(base), undefined, trlClass.module);
    if (parent && parent !== trlClass) return argumentsOf(parent, release);
  }
  return undefined;
}

function named(parameters: readonly { name: string; kind: string }[]): string[] | undefined {
  if (parameters.some(({ kind }) => kind === 'var_keyword')) return undefined;
  return parameters
    .filter(({ name, kind }) => kind !== 'var_positional' && name !== 'self')
    .map(({ name }) => name);
}
