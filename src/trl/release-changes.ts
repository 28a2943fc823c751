import type { Facts, TrlClass } from '../collections/facts.ts';
import type { Trainer } from '../collections/trainer.ts';
import type { TrlHistory } from '../collections/trl-history.ts';

/** A change between two releases that breaks a script, or changes what it does. */
export interface ReleaseChange {
  /** `DPOConfig.rpo_alpha`, `DPOTrainer.__init__.tokenizer`, `DPOTrainer.dpo_loss`, `PPOTrainer`. */
  symbol: string;
  kind: 'class' | 'field' | 'parameter' | 'method' | 'loss type';
  what: 'moved' | 'removed' | 'default';
  /** Python repr of a default, or the package of a class; null where there is none. */
  before: string | null;
  after: string | null;
  /** The release that brought it; undefined when only the end points are known. */
  since: string | undefined;
}

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
  const oldest = releases.at(-1);
  const newest = releases[0];
  if (!oldest || !newest || oldest === newest) return [];
  return [trainer.class, trainer.config].flatMap((name) => {
    const before = classIn(oldest, name);
    if (!before) return [];
    const last = releases.find((facts) => classIn(facts, name)) ?? oldest;
    const after = classIn(last, name) ?? before;
    const changes = [
      ...home(name, before, last === newest ? after : undefined),
      ...parameters(name, before, after),
      ...fields(name, before, after),
      ...methods(name, before, after),
      ...losses(name, before, after),
    ];
    return changes.map((change) => ({ ...change, since: sinceOf(change, history) }));
  });
}

type Change = Omit<ReleaseChange, 'since'>;

/** Of two classes with one name the stable one comes first. */
function classIn({ classes }: Facts, name: string): TrlClass | undefined {
  return classes.find((each) => each.name === name);
}

function home(symbol: string, before: TrlClass, after: TrlClass | undefined): Change[] {
  const common = { symbol, kind: 'class' as const, before: before.import_path };
  if (!after) return [{ ...common, what: 'removed', after: null }];
  if (after.import_path === before.import_path) return [];
  return [{ ...common, what: 'moved', after: after.import_path }];
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
}

function compared(
  prefix: string,
  kind: 'field' | 'parameter',
  before: readonly Valued[],
  after: readonly Valued[],
): Change[] {
  const now = new Map(after.map((each) => [each.name, each]));
  return before.flatMap((old): Change[] => {
    const common = { symbol: prefix + old.name, kind, before: old.default };
    const next = now.get(old.name);
    if (!next) return [{ ...common, what: 'removed', after: null }];
    return next.default === old.default ? [] : [{ ...common, what: 'default', after: next.default }];
  });
}

function methods(name: string, before: TrlClass, after: TrlClass): Change[] {
  const known = new Set(after.methods.map((each) => each.name));
  return before.methods
    .filter((each) => each.inherited_from === null && !each.name.startsWith('_') && !known.has(each.name))
    .map((each) => ({
      symbol: `${name}.${each.name}`,
      kind: 'method' as const,
      what: 'removed' as const,
      before: null,
      after: null,
    }));
}

/** Strings of `loss_type` that are gone, as `DPOTrainer.loss_type.aot_pair`. */
function losses(name: string, before: TrlClass, after: TrlClass): Change[] {
  return before.loss_types
    .filter((each) => !after.loss_types.includes(each))
    .map((each) => ({
      symbol: `${name}.loss_type.${each}`,
      kind: 'loss type' as const,
      what: 'removed' as const,
      before: null,
      after: null,
    }));
}

/** A default may have changed twice: the last event counts. */
function sinceOf({ symbol, what }: Change, history: TrlHistory | undefined): string | undefined {
  return history?.events.findLast((event) => event.symbol === symbol && event.what === what)?.release;
}
