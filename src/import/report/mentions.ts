import type { Trainer } from '../../collections/trainer.ts';
import type { Place, Problem } from '../../errors/problem.ts';
import { type Judgement, judge, missingMember, unknownArgument } from './judge.ts';
import type { Mention } from './pieces.ts';

/**
 * What the facts say against names in inline code: `trl.DPOTrainer`, `DPOConfig.beta`, `PPOTrainer`, and on a page about
 * one trainer a field of its config by its name alone. A name that a text repeats is reported once, where it stands
 * first.
 *
 * @param about the trainer, when the file is about one
 */
export function judgeMentions(
  mentions: readonly Mention[],
  known: (name: string) => boolean,
  about: Trainer | undefined,
  judgement: Judgement,
): Problem[] {
  const lines = new Map<string, number[]>();
  for (const { text, line } of mentions) lines.set(text, [...(lines.get(text) ?? []), line]);
  return [...lines].flatMap(([text, all]) => {
    const first = mentions.find((each) => each.text === text);
    if (!first) return [];
    const later = [...new Set(all.slice(1))].filter((line) => line !== first.line);
    const again =
      later.length === 0 ? '' : ` (again in line${later.length > 1 ? 's' : ''} ${later.join(', ')})`;
    return judgeMention(first, known, about, judgement).map((each) => ({
      ...each,
      message: `${each.message}${again}`,
    }));
  });
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
