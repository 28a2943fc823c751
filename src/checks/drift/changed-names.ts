import type { ContentSource } from '../../collections/content-source.ts';
import type { Problem } from '../../errors/problem.ts';
import { type Definition, homeOf, signatureOf } from '../../trl/definition.ts';
import { drift, type Upgrade } from './drift.ts';
import { type Mention, mentionsOf } from './mentions.ts';

/**
 * What content names and the newer release changes without taking the name away: a default, a signature, the
 * package of an import. A class that is gone is here too, since the checks go on finding it in the older facts.
 * Each change is told once a file, at its first place.
 */
export function changedNames(source: ContentSource, upgrade: Upgrade): Problem[] {
  const found = new Map<string, { mention: Mention; message: string; suggestion?: string; times: number }>();
  for (const mention of mentionsOf(source)) {
    for (const { message, suggestion } of changesAt(mention, upgrade)) {
      const key = `${mention.place.file} ${message}`;
      const known = found.get(key);
      if (known) known.times += 1;
      else found.set(key, { mention, message, ...(suggestion ? { suggestion } : {}), times: 1 });
    }
  }
  return [...found.values()].map(({ mention, message, suggestion, times }) => {
    const more = times === 1 ? '' : ` (and ${times - 1} more in this file)`;
    return drift(mention.place, upgrade, `${message}${more}`, suggestion);
  });
}

interface Change {
  message: string;
  suggestion?: string;
}

function changesAt(mention: Mention, upgrade: Upgrade): Change[] {
  const compared = upgrade.compare(mention.symbol, mention.near);
  if (!compared) return [];
  const { before, after } = compared;
  const named = `\`${mention.symbol}\``;
  // Ordinary words are names of functions too; only a call or an import means them.
  const isCode = mention.from !== undefined || mention.passes !== undefined;
  if (before.kind === 'function' && !isCode) return [];
  if (!after) return [{ message: `${named} is gone` }];
  if (mention.from !== undefined) return moved(mention, named, before, after);
  if (mention.passes) return leftToDefaults(mention, before, after);
  return [...changedDefault(named, before, after), ...changedSignature(named, before, after)];
}

function moved({ from }: Mention, named: string, before: Definition, after: Definition): Change[] {
  const [old, now] = [homeOf(before), homeOf(after)];
  if (old === now || from !== old) return [];
  return [
    { message: `${named} moved from \`${old}\` to \`${now}\``, suggestion: `import it from \`${now}\`` },
  ];
}

function changedDefault(named: string, before: Definition, after: Definition): Change[] {
  if (before.kind !== 'field' || after.kind !== 'field') return [];
  if (before.field.default === after.field.default) return [];
  const message = `the default of ${named} goes from ${shown(before.field.default)} to ${shown(after.field.default)}`;
  return [
    { message, suggestion: 'the tables follow by themselves; read whether the text states the old one' },
  ];
}

function changedSignature(named: string, before: Definition, after: Definition): Change[] {
  const [old, now] = [signatureOf(before), signatureOf(after)];
  if (old === undefined || now === undefined || old === now) return [];
  return [{ message: `${named} takes (${now}) in place of (${old})` }];
}

/** A call that does not name a field runs with its default: with another one in the newer release. */
function leftToDefaults({ symbol, passes }: Mention, before: Definition, after: Definition): Change[] {
  if (before.kind !== 'class' || after.kind !== 'class' || before.trlClass.kind !== 'config') return [];
  const now = new Map(after.trlClass.fields.map((field) => [field.name, field.default]));
  const changed = before.trlClass.fields
    .filter(({ name }) => !passes?.keywords.includes(name))
    .filter((field) => now.has(field.name) && now.get(field.name) !== field.default)
    .map(({ name, default: old }) => `\`${name}\` (${shown(old)} to ${shown(now.get(name) ?? null)})`);
  if (changed.length === 0) return [];
  const unless = passes?.unpacks ? ', unless `**` passes them' : '';
  const message = `\`${symbol}(…)\` leaves to changed defaults: ${changed.join(', ')}${unless}`;
  return [{ message, suggestion: 'run it again, or pass the value that you mean' }];
}

function shown(value: string | null): string {
  return value === null ? 'none, required' : value;
}
