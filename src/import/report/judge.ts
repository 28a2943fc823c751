import type { MigrationNote } from '../../collections/migration-note.ts';
import type { Trainer } from '../../collections/trainer.ts';
import type { ErrorCode } from '../../errors/catalogue.ts';
import { type Place, type Problem, problem } from '../../errors/problem.ts';
import { didYouMean } from '../../errors/suggest.ts';
import type { CommandOption } from './commands.ts';
import { cureOfArgument, cureOfName } from './cures.ts';
import type { ReleaseNames, Standing } from './release-names.ts';
import type { TrlUse } from './uses.ts';

/** What a use is held to. */
export interface Judgement {
  /** The release that the file is about. */
  names: ReleaseNames;
  trainers: readonly Trainer[];
  notes: readonly MigrationNote[];
}

/** What the facts say against something that a text takes from TRL; nothing where they are silent. */
export function judge(use: TrlUse, judgement: Judgement): Problem[] {
  const { names } = judgement;
  switch (use.kind) {
    case 'module':
      return missingModule(use.module, use, judgement);
    case 'import':
      return missingName(use.module, use.name, use, judgement);
    case 'attribute': {
      if (use.name.startsWith('__')) return [];
      // `trl.trainer` may be any attribute; of a name in lower case only what is known to be gone is said.
      const certain = /^[A-Z]/.test(use.name) || names.inModule(use.module, use.name).kind === 'gone';
      return certain ? missingName(use.module, use.name, use, judgement) : [];
    }
    case 'class': {
      const name = use.name.slice(use.name.lastIndexOf('.') + 1);
      const standing = names.class(name);
      if (standing.kind !== 'gone') return [];
      const message = `${names.label} has no class \`${name}\`; ${lastOf(standing)}`;
      return [finding('symbol-unknown', use, message, cureOfName(name, names, judgement.trainers))];
    }
    case 'member': {
      const standing = names.member(use.of.name, use.name);
      if (standing.kind !== 'gone') return [];
      return [missingMember(use.of.name, use.name, standing, use, judgement)];
    }
    default:
      return [...unknownArgument(use.of.name, use.name, use, judgement), ...wrongLoss(use, judgement)];
  }
}

function missingModule(module: string, place: Place, { names }: Judgement): Problem[] {
  const standing = names.module(module);
  if (standing.kind === 'there') return [];
  const message = `${names.label} has no module \`${module}\`${afterwards(standing)}`;
  return [finding('symbol-unknown', place, message, undefined)];
}

function missingName(module: string, name: string, place: Place, { names, trainers }: Judgement): Problem[] {
  const standing = names.inModule(module, name);
  if (standing.kind === 'there') return [];
  const parent = names.module(module);
  const cure =
    cureOfName(name, names, trainers) ??
    (standing.kind === 'unknown' && parent.kind === 'there'
      ? didYouMean(name, names.exported(module))
      : undefined);
  const message =
    parent.kind === 'there' || standing.kind === 'gone'
      ? `\`${module}\` of ${names.label} does not export \`${name}\`${afterwards(standing)}`
      : `${names.label} has no module \`${module}\`${afterwards(parent)}`;
  return [finding('symbol-unknown', place, message, cure)];
}

/** An argument of a class that has facts, and does not take it. */
export function unknownArgument(owner: string, name: string, place: Place, judgement: Judgement): Problem[] {
  const { names, notes } = judgement;
  const accepted = names.accepted(owner);
  if (!accepted || accepted.arguments.includes(name)) return [];
  const standing = names.member(owner, name);
  const parameter = standing.kind === 'unknown' ? names.member(`${owner}.__init__`, name) : standing;
  const had = parameter.kind === 'gone';
  const message = `\`${owner}\` of ${accepted.trl === names.trl ? names.label : `TRL ${accepted.trl}`} has no argument \`${name}\`${had ? afterwards(parameter) : ''}`;
  const cure = cureOfArgument(owner, name, accepted.arguments, had, names, notes);
  return [finding('argument-unknown', place, message, cure)];
}

/** An option that only older releases took: `trl sft` reads the script's, the model's and the config's fields. */
export function goneOption(
  { trainer: slug, name, ...place }: CommandOption,
  judgement: Judgement,
): Problem[] {
  const { names, trainers } = judgement;
  const config = trainers.find((each) => each.slug === slug)?.config;
  const read = [config, 'ScriptArguments', 'ModelConfig'].filter((each) => each !== undefined);
  if (read.some((each) => names.accepted(each)?.arguments.includes(name))) return [];
  const had = read.find((each) => names.member(each, name).kind === 'gone');
  return had === undefined ? [] : unknownArgument(had, name, place, judgement);
}

/** A field or method that is gone. */
export function missingMember(
  owner: string,
  name: string,
  standing: Standing,
  place: Place,
  { names, notes }: Judgement,
): Problem {
  const message = `\`${owner}\` of ${names.label} has no \`${name}\`${afterwards(standing)}`;
  const accepted = names.accepted(owner)?.arguments ?? [];
  const cure = cureOfArgument(owner, name, accepted, true, names, notes);
  return finding('symbol-unknown', place, message, cure);
}

/** `loss_type="kto_pair"`: the trainers say which ones they know. */
function wrongLoss(use: TrlUse & { kind: 'argument' }, { names }: Judgement): Problem[] {
  if (use.name !== 'loss_type' || use.value === undefined || !use.valuePlace) return [];
  const types = names.lossTypes(use.of.name);
  if (types.length === 0 || types.includes(use.value)) return [];
  const message = `\`${use.of.name}\` of ${names.label} has no loss type \`${use.value}\``;
  const cure = didYouMean(use.value, types) ?? `it knows ${types.map((each) => `\`${each}\``).join(', ')}`;
  return [finding('argument-unknown', use.valuePlace, message, cure)];
}

/** An imported page is not verified: what is found in it is a warning. */
export function finding(
  code: ErrorCode,
  place: Place,
  message: string,
  suggestion: string | undefined,
): Problem {
  const { file, line, column, length } = place;
  const at: Place = { file, line, column, ...(length === undefined ? {} : { length }) };
  return problem(code, at, message, {
    severity: 'warning',
    ...(suggestion === undefined ? {} : { suggestion }),
  });
}

function afterwards(standing: Standing): string {
  return standing.kind === 'gone' ? `; ${lastOf(standing)}` : '';
}

function lastOf({ last }: Standing & { kind: 'gone' }): string {
  return `the last release to declare it is ${last}`;
}
