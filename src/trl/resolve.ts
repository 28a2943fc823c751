import type { TrlClass, TrlFunction } from '../collections/facts.ts';
import type { Trainer } from '../collections/trainer.ts';
import { pick, type Release } from './release.ts';
import { sourceLink } from './source-link.ts';
import { isMisspelt, suggestMember, suggestName } from './suggest.ts';
import { parseSymbol, type TrlSymbol } from './symbol.ts';

/** What a symbol turned out to be. */
export type Resolution =
  | {
      kind: 'found';
      /** The canonical spelling: `DPOConfig.beta`, without module and parentheses. */
      symbol: string;
      /** The class or function. */
      name: string;
      /** The release it was found in. */
      trl: string;
      tag: string;
      /** False when a newer release no longer has it. */
      current: boolean;
      /** Its lines of TRL's source at the tag. */
      href: string;
      /** The slug of the trainer whose class or config it is. */
      trainer?: string;
      /** The config class, when the symbol is one or a field of one. */
      config?: string;
      field?: string;
      /** The method. */
      member?: string;
    }
  | { kind: 'external'; library: string }
  | {
      kind: 'unknown';
      suggestion?: string;
      /** The newest older release that had it. */
      lastIn?: string;
    }
  | { kind: 'none' };

/**
 * Looks a symbol up in the newest release that has its class or function.
 *
 * @param releases newest first
 * @param near the slug of the trainer whose page asks, for names that several modules define
 */
export function resolve(
  text: string,
  releases: readonly Release[],
  trainers: readonly Trainer[],
  near?: string,
): Resolution {
  const symbol = parseSymbol(text);
  if (!symbol) return { kind: 'none' };
  const nearClass = trainers.find(({ slug }) => slug === near)?.class;
  for (const release of releases) {
    const nearModule = nearClass && pick(release.classes.get(nearClass), undefined, undefined)?.module;
    const trlClass = pick(release.classes.get(symbol.name), symbol.module, nearModule);
    if (trlClass) return inClass(symbol, trlClass, release, releases, trainers);
    const trlFunction = pick(release.functions.get(symbol.name), symbol.module, nearModule);
    if (trlFunction && symbol.member === undefined && (symbol.module || isDistinctive(symbol.name))) {
      return found(symbol.name, trlFunction, trlFunction.lines, release, releases);
    }
  }
  return notFound(symbol, releases);
}

/** `pad` or `identity` may mean anything; `selective_log_softmax` means TRL's. */
function isDistinctive(name: string): boolean {
  return name.replace(/^_+/, '').includes('_');
}

function inClass(
  symbol: TrlSymbol,
  trlClass: TrlClass,
  release: Release,
  releases: readonly Release[],
  trainers: readonly Trainer[],
): Resolution {
  const { name, member } = symbol;
  const owner = trainers.find((trainer) => trainer.class === name || trainer.config === name);
  const common = {
    ...(owner ? { trainer: owner.slug } : {}),
    ...(trlClass.kind === 'config' ? { config: name } : {}),
  };
  if (member === undefined) return { ...found(name, trlClass, trlClass.lines, release, releases), ...common };
  const label = `${name}.${member}`;
  const method = trlClass.methods.find((each) => each.name === member);
  if (method) {
    return {
      ...found(label, trlClass, method.lines ?? trlClass.lines, release, releases),
      ...common,
      name,
      member,
    };
  }
  if (trlClass.fields.some((field) => field.name === member)) {
    return { ...found(label, trlClass, trlClass.lines, release, releases), ...common, name, field: member };
  }
  const older = releases
    .slice(releases.indexOf(release) + 1)
    .find((each) => pick(each.classes.get(name), symbol.module, undefined) && hasMember(each, name, member));
  const suggestion = suggestMember(trlClass, member);
  return {
    kind: 'unknown',
    ...(suggestion ? { suggestion } : {}),
    ...(older ? { lastIn: older.facts.trl } : {}),
  };
}

function hasMember(release: Release, name: string, member: string): boolean {
  return (release.classes.get(name) ?? []).some(({ methods, fields }) =>
    [...methods, ...fields].some((each) => each.name === member),
  );
}

function found(
  symbol: string,
  entry: TrlClass | TrlFunction,
  lines: readonly [number, number],
  { facts }: Release,
  releases: readonly Release[],
) {
  return {
    kind: 'found' as const,
    symbol,
    name: entry.name,
    trl: facts.trl,
    tag: facts.tag,
    current: facts === releases[0]?.facts,
    href: sourceLink(facts.tag, entry.file, lines),
  };
}

/** A name that no release has: another library's, a mistake, or no TRL name at all. */
function notFound(symbol: TrlSymbol, releases: readonly Release[]): Resolution {
  const { module, name, member } = symbol;
  for (const { facts, modules } of releases) {
    const library = Object.hasOwn(facts.external, name) ? facts.external[name] : undefined;
    if (library !== undefined && module === undefined) return { kind: 'external', library };
    if (module !== undefined && modules.has(`${module}.${name}`)) return { kind: 'none' };
  }
  const looksLikeTrl = module !== undefined || /^[A-Z]\w*(?:Trainer|Config)$/.test(name);
  if (!looksLikeTrl && !isMisspelt(name, releases)) return { kind: 'none' };
  const suggestion = suggestName(name, releases);
  return {
    kind: 'unknown',
    ...(suggestion ? { suggestion: member ? `${suggestion}.${member}` : suggestion } : {}),
  };
}
