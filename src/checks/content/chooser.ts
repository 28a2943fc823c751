import type { ContentSource } from '../../collections/content-source.ts';
import { draftTrainers } from '../../collections/drafts.ts';
import type { Problem } from '../../errors/problem.ts';
import { problemAt, type Report } from './check.ts';
import { checkIds, checkReach, checkTargets } from './chooser-graph.ts';
import { checkPages, checkTrainers } from './chooser-references.ts';

/** The chooser leads everybody to a result, and leaves no trainer of the registry out without a reason. */
export function checkChooser(source: ContentSource): Problem[] {
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
  ];
}
