import type { ContentSource } from '../../collections/content-source.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import { checkContent } from '../content/index.ts';
import type { Upgrade } from './drift.ts';

/**
 * What the checks would object to if the newer release were the pinned one: names, arguments and fields that are
 * gone, imports that moved, fields that no table describes yet, changes without a note on migration.
 */
export function contradicted(source: ContentSource, { newer }: Upgrade, base: string): Problem[] {
  const key = ({ code, file, line, column }: Problem) => `${code} ${file}:${line}:${column}`;
  const today = new Set(checkContent(source, base).map(key));
  const ahead = { ...source, facts: [newer, ...source.facts], newerFacts: [] };
  return checkContent(ahead, base)
    .filter((each) => !today.has(key(each)))
    .map(({ code, message, severity, ...place }) =>
      problem('trl-drift', place, stated(message, newer.trl), {
        severity: 'warning',
        suggestion: place.suggestion,
        ...(place.excerpt === undefined ? {} : { excerpt: place.excerpt }),
      }),
    );
}

/** Some messages name the release themselves. */
function stated(message: string, release: string): string {
  return message.startsWith(`TRL ${release} `)
    ? `TRL ${release}: it${message.slice(`TRL ${release}`.length)}`
    : `TRL ${release}: ${message}`;
}
