import type { Trainer } from '../../collections/trainer.ts';
import type { Place, Problem } from '../../errors/problem.ts';
import type { ImportFile } from '../import-file.ts';
import { type Judgement, judge, missingMember, unknownArgument } from './judge.ts';
import type { Mention } from './pieces.ts';

/** A line that says itself that a name is of the past. */
export const ofThePast =
  /\b(?:gone|removed|renamed|moved|deprecated|dropped|no longer|used to|former(?:ly)?|legacy|obsolete|replaced|superseded|until (?:TRL )?v?\d|before (?:TRL )?v?\d|ignored with a warning|was called|mapped to|instead of)\b/i;

/**
 * What the facts say against names in inline code: `trl.DPOTrainer`, `DPOConfig.beta`, `PPOTrainer`, and where one
 * trainer is spoken of a field of its config by its name alone. A name that a text repeats is reported once, where it
 * stands first. A line that says itself that something is of the past is left alone.
 *
 * @param known whether a name without an import is a class of TRL
 */
export function judgeMentions(
  mentions: readonly Mention[],
  file: ImportFile,
  known: (name: string) => boolean,
  judgement: Judgement,
): Problem[] {
  const lines = file.text.split('\n');
  const aboutLine = trainersByLine(file, lines, judgement.trainers);
  const documented = judgement.trainers.filter(({ slug }) => file.trainers.includes(slug));
  const first = new Map<string, { found: Problem[]; later: number[] }>();
  for (const mention of mentions) {
    if (ofThePast.test(lines[mention.line - 1] ?? '')) continue;
    // A page about several trainers may name each of them: its site pins them to releases of their own.
    const isSubject = documented.some((each) =>
      [each.class, each.config].includes(mention.text.split('.')[0] ?? ''),
    );
    if (isSubject && file.trainers.length > 1) continue;
    const about = aboutLine(mention.line);
    const key = `${about?.slug} ${mention.text}`;
    const before = first.get(key);
    if (before) before.later.push(mention.line);
    else first.set(key, { found: judgeMention(mention, known, about, judgement), later: [] });
  }
  return [...first.values()].flatMap(({ found, later }) =>
    found.map((each) => {
      const others = [...new Set(later)].filter((line) => line !== each.line);
      if (others.length === 0) return each;
      const again = `again in line${others.length > 1 ? 's' : ''} ${others.join(', ')}`;
      return { ...each, message: `${each.message} (${again})` };
    }),
  );
}

/** The trainer that a line speaks of: the file's only one, else the one that a heading above it names. */
function trainersByLine(
  file: ImportFile,
  lines: readonly string[],
  trainers: readonly Trainer[],
): (line: number) => Trainer | undefined {
  if (file.trainers.length === 1) {
    const only = trainers.find(({ slug }) => slug === file.trainers[0]);
    return () => only;
  }
  const stack: { level: number; trainer: Trainer | undefined }[] = [];
  let fenced = false;
  const byLine = lines.map((line) => {
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    const heading = fenced ? undefined : /^(#{1,6})\s+(.*)$/.exec(line);
    if (heading) {
      const level = heading[1]?.length ?? 1;
      while ((stack.at(-1)?.level ?? 0) >= level) stack.pop();
      const words = new Set((heading[2] ?? '').split(/[^\w-]+/));
      const named = trainers.filter((each) => [each.name, each.class].some((name) => words.has(name)));
      stack.push({ level, trainer: named.length === 1 ? named[0] : stack.at(-1)?.trainer });
    }
    return stack.at(-1)?.trainer;
  });
  return (line) => byLine[line - 1];
}

function judgeMention(
  mention: Mention,
  known: (name: string) => boolean,
  about: Trainer | undefined,
  judgement: Judgement,
): Problem[] {
  const text = mention.text.trim().replace(/\(\)$/, '');
  const column = mention.column + mention.text.indexOf(text);
  const at = (offset: number, length: number) => ({
    file: mention.file,
    line: mention.line,
    column: column + offset,
    length,
  });
  if (/^trl(\.\w+)+$/.test(text)) return judgePath(text, at, judgement);
  const [, owner, member] = /^([A-Z]\w*(?:Config|Trainer))\.(\w+)$/.exec(text) ?? [];
  if (owner !== undefined && member !== undefined) {
    const { names } = judgement;
    if (!known(owner)) return [];
    if (names.class(owner).kind === 'gone') {
      return judge({ kind: 'class', name: owner, ...at(0, owner.length) }, judgement);
    }
    const place = at(owner.length + 1, member.length);
    const standing = names.member(owner, member);
    if (standing.kind === 'gone') return [missingMember(owner, member, standing, place, judgement)];
    const isField = owner.endsWith('Config') && standing.kind === 'unknown' && !member.startsWith('_');
    return isField ? unknownArgument(owner, member, place, judgement) : [];
  }
  if (/^[A-Z]\w+$/.test(text)) {
    return known(text) ? judge({ kind: 'class', name: text, ...at(0, text.length) }, judgement) : [];
  }
  const [, argument] = /^(\w+)(?:\s*=\s*[^=\s].*)?$/.exec(text) ?? [];
  return about && argument?.includes('_')
    ? judgeField(argument, about, at(0, argument.length), judgement)
    : [];
}

/** `trl.DPOTrainer`, `trl.trainer.utils.pad`, `trl.DPOConfig.beta`. */
function judgePath(
  text: string,
  at: (offset: number, length: number) => Place,
  judgement: Judgement,
): Problem[] {
  const parts = text.split('.');
  const split = parts.findIndex((part) => /^_?[A-Z]/.test(part));
  const nameAt = split < 0 ? parts.length - 1 : split;
  const module = parts.slice(0, nameAt).join('.');
  const name = parts[nameAt] ?? '';
  const found = judge({ kind: 'attribute', module, name, ...at(module.length + 1, name.length) }, judgement);
  const member = parts[nameAt + 1];
  if (found.length > 0 || member === undefined) return found;
  const standing = judgement.names.member(name, member);
  const place = at(module.length + name.length + 2, member.length);
  return standing.kind === 'gone' ? [missingMember(name, member, standing, place, judgement)] : [];
}

/** A name that only the config, or the call, of an older release of this trainer had. */
function judgeField(name: string, about: Trainer, place: Place, judgement: Judgement): Problem[] {
  const { names } = judgement;
  const accepted = [about.config, about.class].flatMap((each) => names.accepted(each)?.arguments ?? []);
  if (accepted.includes(name)) return [];
  const standing = names.member(about.config, name);
  if (standing.kind !== 'gone' || names.member(about.class, name).kind === 'there') return [];
  return unknownArgument(about.config, name, place, judgement);
}
