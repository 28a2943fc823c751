import { type ContentSource, entriesOf } from '../../collections/content-source.ts';
import type { DataPath } from '../../collections/origin.ts';
import type { Problem } from '../../errors/problem.ts';
import { didYouMean } from '../../errors/suggest.ts';
import { problemAt } from './check.ts';

/** Every trainer that an entry, a removed trainer's `instead` or a recorded run names is in the registry. */
export function checkTrainerReferences(source: ContentSource): Problem[] {
  const known = source.claimed.trainers;
  const check = (record: object, field: string, slugs: readonly string[], prefix: DataPath = []) =>
    slugs.flatMap((slug, index) =>
      known.has(slug)
        ? []
        : [
            problemAt(
              source,
              record,
              [...prefix, field, index],
              'trainer-unknown',
              `the registry has no trainer \`${slug}\``,
              {
                suggestion: didYouMean(slug, known),
              },
            ),
          ],
    );
  return [
    ...entriesOf(source).flatMap((entry) => check(entry, 'trainers', entry.data.trainers)),
    ...source.trainers.flatMap((trainer) => check(trainer, 'instead', trainer.instead)),
    ...source.runs.flatMap((run) => check(run, 'trainers', run.trainers)),
    ...source.verification.checks.flatMap((each, index) =>
      check(source.verification, 'trainers', each.trainers, ['checks', index]),
    ),
  ];
}
