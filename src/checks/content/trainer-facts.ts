import type { ContentSource } from '../../collections/content-source.ts';
import type { Problem } from '../../errors/problem.ts';
import { didYouMean } from '../../errors/suggest.ts';
import { problemAt } from './check.ts';

/** A trainer's `class`, `config` and key arguments exist in the release that its `facts` names. */
export function checkTrainerFacts(source: ContentSource): Problem[] {
  if (source.facts.length === 0) return [];
  const releases = source.facts.map(({ trl }) => trl);
  return source.trainers.flatMap((trainer) => {
    const facts = source.facts.find(({ trl }) => trl === trainer.facts);
    if (!facts) {
      const message = `content/trl/ has no facts of TRL ${trainer.facts}; it has ${releases.join(', ')}`;
      return [
        problemAt(source, trainer, ['facts'], 'symbol-unknown', message, {
          suggestion: didYouMean(trainer.facts, releases),
        }),
      ];
    }
    const names = new Set(facts.classes.map(({ name }) => name));
    const fields = facts.classes.find(({ name }) => name === trainer.config)?.fields.map(({ name }) => name);
    const unknown = (trainer.reference?.key_arguments ?? []).flatMap((name, index) => {
      if (fields?.includes(name)) return [];
      const message = `\`${trainer.config}\` of TRL ${facts.trl} has no field \`${name}\``;
      return [
        problemAt(source, trainer, ['reference', 'key_arguments', index], 'config-field-unknown', message, {
          suggestion: didYouMean(name, fields ?? []),
        }),
      ];
    });
    const missing = (['class', 'config'] as const).flatMap((field) => {
      if (names.has(trainer[field])) return [];
      const message = `TRL ${facts.trl} has no class \`${trainer[field]}\``;
      return [
        problemAt(source, trainer, [field], 'symbol-unknown', message, {
          suggestion: didYouMean(trainer[field], names),
        }),
      ];
    });
    return [...missing, ...unknown];
  });
}
