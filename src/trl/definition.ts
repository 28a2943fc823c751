import type { ConfigField, TrlClass, TrlFunction, TrlMethod } from '../collections/facts.ts';
import { pick, type Release } from './release.ts';
import { parseSymbol } from './symbol.ts';

/** What one release says of a symbol. */
export type Definition =
  | { kind: 'class'; trlClass: TrlClass }
  | { kind: 'method'; trlClass: TrlClass; method: TrlMethod }
  | { kind: 'field'; trlClass: TrlClass; field: ConfigField }
  | { kind: 'function'; trlFunction: TrlFunction };

/**
 * Looks a symbol up in one release. Where `resolve` asks what a page may name, this tells two releases apart.
 *
 * @param near a class, for names that several modules define: the definition beside it is meant
 * @returns undefined when the release does not have it
 */
export function definitionOf(text: string, release: Release, near?: string): Definition | undefined {
  const symbol = parseSymbol(text);
  if (!symbol) return undefined;
  const { name, member, module } = symbol;
  const beside = near && pick(release.classes.get(near), undefined, undefined)?.module;
  const trlClass =
    pick(release.classes.get(name), module, beside) ?? pick(release.classes.get(name), undefined, beside);
  if (!trlClass) {
    const trlFunction =
      pick(release.functions.get(name), module, beside) ??
      pick(release.functions.get(name), undefined, beside);
    return trlFunction && member === undefined ? { kind: 'function', trlFunction } : undefined;
  }
  if (member === undefined) return { kind: 'class', trlClass };
  const method = trlClass.methods.find((each) => each.name === member);
  if (method) return { kind: 'method', trlClass, method };
  const field = trlClass.fields.find((each) => each.name === member);
  return field && { kind: 'field', trlClass, field };
}

/** The package to import a definition from. */
export function homeOf(definition: Definition): string {
  if (definition.kind !== 'function') return definition.trlClass.import_path;
  return definition.trlFunction.import_path ?? definition.trlFunction.module;
}

/** The digest of a definition's code; null for a field, an inherited method, and facts without digests. */
export function digestOf(definition: Definition): string | null {
  if (definition.kind === 'class') return definition.trlClass.digest;
  if (definition.kind === 'method') return definition.method.digest;
  return definition.kind === 'function' ? definition.trlFunction.digest : null;
}

/** `beta=0.1, loss_type=…` as one reads a signature. */
export function signatureOf(definition: Definition): string | undefined {
  const parameters =
    definition.kind === 'method'
      ? definition.method.parameters
      : definition.kind === 'function'
        ? definition.trlFunction.parameters
        : undefined;
  return parameters?.map((each) => each.name + (each.default === null ? '' : `=${each.default}`)).join(', ');
}
