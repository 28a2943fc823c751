import type { Facts, TrlClass } from '../collections/facts.ts';
import type { Trainer } from '../collections/trainer.ts';
import type { TrlHistory } from '../collections/trl-history.ts';
import { compareReleases } from './release-order.ts';

/** A change of a class between two releases. */
export interface ReleaseChange {
  /** `DPOConfig.rpo_alpha`, `DPOTrainer.__init__.tokenizer`, `DPOTrainer.dpo_loss`, `PPOTrainer`. */
  symbol: string;
  kind: 'class' | 'field' | 'parameter' | 'method' | 'loss type';
  what: 'moved' | 'removed' | 'added' | 'default' | 'type';
  /** Python repr of a default, the package of a class, a type; null where there is none. */
  before: string | null;
  after: string | null;
  /** The release that brought it; undefined when only the end points are known. */
  since: string | undefined;
}

/** What breaks a script, or changes what it does without a word. */
const breaking: ReadonlySet<ReleaseChange['what']> = new Set(['moved', 'removed', 'default']);

/**
 * Moves, removals and changed defaults of a trainer and its config, from the oldest to the newest release at hand.
 * Fields and methods that come from transformers alone are not TRL's to change, and are left out.
 *
 * @param releases newest first
 */
export function changesOf(
  trainer: Trainer,
  releases: readonly Facts[],
  history: TrlHistory | undefined,
): ReleaseChange[] {
  const newest = releases[0];
  if (!newest) return [];
  const oldest = releases.at(-1) ?? newest;
  return [trainer.class, trainer.config].flatMap((name) => {
    const before = classIn(oldest, name);
    if (!before) return [];
    const last = releases.find((facts) => classIn(facts, name)) ?? oldest;
    const after = classIn(last, name) ?? before;
    const changes = [
      ...home(name, before, last === newest ? after : undefined),
      ...members(name, before, after),
    ];
    return changes
      .filter(({ what }) => breaking.has(what))
      .map((change) => ({ ...change, since: sinceOf(change, history?.events) }));
  });
}

/**
 * Everything that changed at the classes of these names between two releases, what is new included.
 * A class that is gone, or new, is one change.
 */
export function changesBetween(
  names: readonly string[],
  older: Facts,
  newer: Facts,
  history: TrlHistory | undefined,
): ReleaseChange[] {
  const between = history?.events.filter(
    ({ release }) => compareReleases(release, older.trl) > 0 && compareReleases(release, newer.trl) <= 0,
  );
  return names.flatMap((name) => {
    const [before, after] = [classIn(older, name), classIn(newer, name)];
    const changes = [...home(name, before, after), ...(before && after ? members(name, before, after) : [])];
    return changes.map((change) => ({ ...change, since: sinceOf(change, between) }));
  });
}

type Change = Omit<ReleaseChange, 'since'>;

/** Of two classes with one name the stable one comes first. */
function classIn({ classes }: Facts, name: string): TrlClass | undefined {
  return classes.find((each) => each.name === name);
}

function home(symbol: string, before: TrlClass | undefined, after: TrlClass | undefined): Change[] {
  const [from, to] = [before?.import_path ?? null, after?.import_path ?? null];
  if (from === to) return [];
  const what = to === null ? 'removed' : from === null ? 'added' : 'moved';
  return [{ symbol, kind: 'class', what, before: from, after: to }];
}

function members(name: string, before: TrlClass, after: TrlClass): Change[] {
  return [
    ...parameters(name, before, after),
    ...fields(name, before, after),
    ...methods(name, before, after),
    ...losses(name, before, after),
  ];
}

function parameters(name: string, before: TrlClass, after: TrlClass): Change[] {
  const of = (each: TrlClass) => each.methods.find((each) => each.name === '__init__')?.parameters ?? [];
  return compared(`${name}.__init__.`, 'parameter', of(before), of(after));
}

function fields(name: string, before: TrlClass, after: TrlClass): Change[] {
  const declared = (of: TrlClass) => of.fields.filter((each) => each.inherited_from !== 'TrainingArguments');
  const own = new Set([...declared(before), ...declared(after)].map((each) => each.name));
  const chosen = (of: TrlClass) => of.fields.filter((each) => own.has(each.name));
  return compared(`${name}.`, 'field', chosen(before), chosen(after));
}

interface Valued {
  name: string;
  default: string | null;
  type: string | null;
}

function compared(
  prefix: string,
  kind: 'field' | 'parameter',
  before: readonly Valued[],
  after: readonly Valued[],
): Change[] {
  const now = new Map(after.map((each) => [each.name, each]));
  const known = new Set(before.map((each) => each.name));
  const kept = before.flatMap((old): Change[] => {
    const common = { symbol: prefix + old.name, kind };
    const next = now.get(old.name);
    if (!next) return [{ ...common, what: 'removed', before: old.default, after: null }];
    return [
      ...(next.default === old.default
        ? []
        : [{ ...common, what: 'default' as const, before: old.default, after: next.default }]),
      ...(next.type === old.type
        ? []
        : [{ ...common, what: 'type' as const, before: old.type, after: next.type }]),
    ];
  });
  const fresh = after
    .filter((each) => !known.has(each.name))
    .map(
      (each): Change => ({
        symbol: prefix + each.name,
        kind,
        what: 'added',
        before: null,
        after: each.default,
      }),
    );
  return [...kept, ...fresh];
}

function methods(name: string, before: TrlClass, after: TrlClass): Change[] {
  const open = (of: TrlClass) =>
    of.methods.filter((each) => each.inherited_from === null && !each.name.startsWith('_'));
  const names = (list: readonly { name: string }[]) => new Set(list.map((each) => each.name));
  return comings(
    'method',
    `${name}.`,
    names(open(before)),
    names(before.methods),
    names(open(after)),
    names(after.methods),
  );
}

/** Strings of `loss_type` that come and go, as `DPOTrainer.loss_type.aot_pair`. */
function losses(name: string, before: TrlClass, after: TrlClass): Change[] {
  const [old, now] = [new Set(before.loss_types), new Set(after.loss_types)];
  return comings('loss type', `${name}.loss_type.`, old, old, now, now);
}

/** What left and what came; something that is now inherited, or was, neither left nor came. */
function comings(
  kind: 'method' | 'loss type',
  prefix: string,
  before: ReadonlySet<string>,
  allBefore: ReadonlySet<string>,
  after: ReadonlySet<string>,
  allAfter: ReadonlySet<string>,
): Change[] {
  const change = (each: string, what: 'removed' | 'added'): Change => ({
    symbol: prefix + each,
    kind,
    what,
    before: null,
    after: null,
  });
  return [
    ...[...before].filter((each) => !allAfter.has(each)).map((each) => change(each, 'removed')),
    ...[...after].filter((each) => !allBefore.has(each)).map((each) => change(each, 'added')),
  ];
}

/** A default may have changed twice: the last event counts. */
function sinceOf({ symbol, what }: Change, events: TrlHistory['events'] | undefined): string | undefined {
  return events?.findLast((event) => event.symbol === symbol && event.what === what)?.release;
}
