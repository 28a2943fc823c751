import { type ContentSource, entriesOf } from '../../collections/content-source.ts';
import type { DataPath } from '../../collections/origin.ts';
import { isSitePage } from '../../collections/site-page.ts';
import type { Problem } from '../../errors/problem.ts';
import { didYouMean } from '../../errors/suggest.ts';
import { problemAt } from './check.ts';

/** Every page that `next`, a path's step, a term's `see` or a verified check names exists. */
export function checkEntryReferences(source: ContentSource): Problem[] {
  const known = source.claimed.entries;
  const check = (record: object, path: DataPath, ref: string): Problem[] =>
    known.has(ref)
      ? []
      : [
          problemAt(source, record, path, 'entry-unknown', `there is no entry \`${ref}\``, {
            suggestion: didYouMean(ref, known),
          }),
        ];
  return [
    ...entriesOf(source).flatMap((entry) =>
      entry.data.next.flatMap((ref, index) => check(entry, ['next', index], ref)),
    ),
    ...source.paths.flatMap((path) =>
      path.steps.flatMap(({ ref }, index) =>
        isSitePage(ref) ? [] : check(path, ['steps', index, 'entry'], ref),
      ),
    ),
    ...source.glossary.flatMap((term) => term.see.flatMap((ref, index) => check(term, ['see', index], ref))),
    ...source.verification.checks.flatMap((each, index) =>
      each.entry === null ? [] : check(source.verification, ['checks', index, 'entry'], each.entry),
    ),
    ...source.runs.flatMap((run) => check(run, ['script'], `examples/${run.script.replaceAll('_', '-')}`)),
  ];
}
