import { chooserMarkdown } from '../../collections/chooser.ts';
import { type ContentSource, originOf } from '../../collections/content-source.ts';
import { draftTrainers } from '../../collections/drafts.ts';
import type { Problem } from '../../errors/problem.ts';
import { analyse } from '../../markdown/analyse.ts';
import { type CheckContext, problemAt, type Report } from './check.ts';
import { checkIds, checkReach, checkTargets } from './chooser-graph.ts';
import { checkPages, checkTrainers } from './chooser-references.ts';

/** The chooser leads everybody to a result, and leaves no trainer of the registry out without a reason. */
export function checkChooser(source: ContentSource, context: CheckContext): Problem[] {
  const { chooser, claimed } = source;
  if (!chooser) return [];
  const report: Report = (path, code, message, suggestion) =>
    problemAt(source, chooser, path, code, message, { suggestion });
  return [
    ...checkIds(chooser, report),
    ...checkTargets(chooser, report),
    ...checkReach(chooser, report),
    ...checkTrainers(chooser, claimed.trainers, draftTrainers(source), report),
    ...checkPages(chooser, claimed.entries, report),
    ...checkMarkdown(source, context),
  ];
}

/** What the Markdown steps find in the texts, at the text's place: a folded text has lost its columns. */
function checkMarkdown(source: ContentSource, { markdown }: CheckContext): Problem[] {
  const { chooser } = source;
  if (!chooser) return [];
  const origin = originOf(source, chooser);
  return chooserMarkdown(chooser).flatMap(({ path, text }) =>
    analyse({ file: origin.file, text, line: 1, kind: 'md' }, markdown).map((found) => ({
      ...found,
      ...origin.locate(path),
    })),
  );
}
