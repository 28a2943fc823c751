import type { ContentSource } from '../../collections/content-source.ts';
import type { Problem } from '../../errors/problem.ts';
import { didYouMean } from '../../errors/suggest.ts';
import { changesOf } from '../../trl/release-changes.ts';
import { problemAt } from './check.ts';

/**
 * The migration guide speaks of every change that the facts show for a documented trainer, and of nothing else.
 * Content without a `migration.yaml` has no such guide.
 */
export function checkMigrationNotes(source: ContentSource): Problem[] {
  const { migration, trainers, facts, history, claimed, annotated } = source;
  const [first] = migration;
  if (!first) return [];
  // A draft gets its sentences before it is published.
  const drafts = new Set(annotated.flatMap(({ id, data }) => (data.draft ? id : [])));
  const documented = new Set(
    trainers.flatMap(({ slug }) =>
      claimed.entries.has(`trainers/${slug}`) && !drafts.has(slug) ? [slug] : [],
    ),
  );
  const changed = (slugs: ReadonlySet<string> | undefined) =>
    trainers
      .filter(({ slug }) => slugs?.has(slug) ?? true)
      .flatMap((trainer) => changesOf(trainer, facts, history).map(({ symbol }) => symbol));
  const known = new Set(changed(undefined));
  const said = new Set(migration.flatMap(({ changes }) => changes));
  return [
    ...migration.flatMap((note) =>
      note.changes.flatMap((symbol, index) =>
        known.has(symbol)
          ? []
          : [
              problemAt(
                source,
                note,
                ['changes', index],
                'migration-unknown',
                `between the oldest and the newest facts nothing changed at \`${symbol}\``,
                { suggestion: didYouMean(symbol, known) },
              ),
            ],
      ),
    ),
    ...changed(documented)
      .filter((symbol) => !said.has(symbol))
      .map((symbol) =>
        problemAt(source, first, [], 'migration-missing', `no record says what to do about \`${symbol}\``),
      ),
  ];
}
