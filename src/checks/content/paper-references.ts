import { type ContentSource, entriesOf } from '../../collections/content-source.ts';
import type { Problem } from '../../errors/problem.ts';
import { didYouMean } from '../../errors/suggest.ts';
import { problemAt } from './check.ts';

/** Every paper in a `papers` list is in content/papers.yaml. Citations in prose are the Markdown's check. */
export function checkPaperReferences(source: ContentSource): Problem[] {
  const known = source.claimed.papers;
  const check = (record: object, papers: readonly string[]) =>
    papers.flatMap((id, index) =>
      known.has(id)
        ? []
        : [
            problemAt(
              source,
              record,
              ['papers', index],
              'paper-unknown',
              `content/papers.yaml has no paper \`${id}\``,
              {
                suggestion: didYouMean(id, known),
              },
            ),
          ],
    );
  return [
    ...entriesOf(source).flatMap((entry) => check(entry, entry.data.papers)),
    ...source.trainers.flatMap((trainer) => check(trainer, trainer.papers)),
    ...source.glossary.flatMap((term) => check(term, term.papers)),
  ];
}
