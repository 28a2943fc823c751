import type { Chooser } from '../../collections/chooser.ts';
import type { Problem } from '../../errors/problem.ts';
import { didYouMean } from '../../errors/suggest.ts';
import type { Report } from './check.ts';

/**
 * Every trainer that the chooser names is in the registry, a runner-up differs from the choice, and every
 * trainer of the registry is either taken by a result or in `never`.
 *
 * @param drafts of `known`, those that the chooser need not speak of yet
 */
export function checkTrainers(
  chooser: Chooser,
  known: ReadonlySet<string>,
  drafts: ReadonlySet<string>,
  report: Report,
): Problem[] {
  const { results, never } = chooser;
  const named = [
    ...results.flatMap(({ take, runners_up }, at) => [
      ...take.map((slug, i) => ({ slug, path: ['results', at, 'take', i] })),
      ...runners_up.flatMap((second, j) =>
        second.take.map((slug, i) => ({ slug, path: ['results', at, 'runners_up', j, 'take', i] })),
      ),
    ]),
    ...never.map(({ trainer }, at) => ({ slug: trainer, path: ['never', at, 'trainer'] })),
  ];
  return [
    ...named
      .filter(({ slug }) => !known.has(slug))
      .map(({ slug, path }) => {
        const message = `the registry has no trainer \`${slug}\``;
        return report(path, 'trainer-unknown', message, didYouMean(slug, known));
      }),
    ...results.flatMap(({ take, runners_up }, at) =>
      runners_up.flatMap((second, j) => {
        if (second.take.join() !== take.join()) return [];
        const message = `expected another way than \`${take.join(', ')}\`, found the choice itself`;
        return [report(['results', at, 'runners_up', j, 'take'], 'chooser-runner-up', message)];
      }),
    ),
    ...checkCoverage(chooser, known, drafts, report),
  ];
}

function checkCoverage(
  { results, never }: Chooser,
  known: ReadonlySet<string>,
  drafts: ReadonlySet<string>,
  report: Report,
): Problem[] {
  const taken = new Set(results.flatMap(({ take }) => take));
  const listed = new Set(never.map(({ trainer }) => trainer));
  return [
    ...[...known]
      .filter((slug) => !taken.has(slug) && !listed.has(slug) && !drafts.has(slug))
      .map((slug) => {
        const message = `no result takes the trainer \`${slug}\`, and \`never\` does not say why`;
        return report(['never'], 'chooser-trainer-missing', message);
      }),
    ...never.flatMap(({ trainer }, at) => {
      if (!taken.has(trainer)) return [];
      const message = `\`never\` lists the trainer \`${trainer}\`, which a result takes`;
      return [report(['never', at, 'trainer'], 'chooser-never-taken', message)];
    }),
  ];
}

/** Every page that a result names exists. */
export function checkPages({ results }: Chooser, known: ReadonlySet<string>, report: Report): Problem[] {
  return results.flatMap(({ read }, at) =>
    read.flatMap((ref, i) => {
      if (known.has(ref)) return [];
      const message = `there is no entry \`${ref}\``;
      return [report(['results', at, 'read', i], 'entry-unknown', message, didYouMean(ref, known))];
    }),
  );
}
