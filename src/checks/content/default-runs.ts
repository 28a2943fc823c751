import type { ContentSource } from '../../collections/content-source.ts';
import type { Problem } from '../../errors/problem.ts';
import { didYouMean } from '../../errors/suggest.ts';
import { explorerNamed } from '../../explorers/registry.ts';
import { problemAt } from './check.ts';

/** What is said of a script's default run still stands in the script, and is a run that the estimator knows. */
export function checkDefaultRuns(source: ContentSource): Problem[] {
  const scripts = new Map(source.scripts.map((script) => [script.file.replace(/^.*\/|\.py$/g, ''), script]));
  return source.defaultRuns.flatMap((record) => {
    const script = scripts.get(record.script);
    if (!script) {
      const message = `there is no script \`${record.script}.py\``;
      const suggestion = didYouMean(record.script, [...scripts.keys()]);
      return [problemAt(source, record, ['script'], 'default-run', message, { suggestion })];
    }
    const lost = record.holds.flatMap((piece, index) =>
      script.body.includes(piece)
        ? []
        : [
            problemAt(
              source,
              record,
              ['holds', index],
              'default-run',
              `\`${record.script}.py\` no longer has \`${piece}\`, from which its default run was read`,
            ),
          ],
    );
    const wrong = (explorerNamed('memory')?.mistakes(record.run) ?? []).map(({ message, suggestion }) =>
      problemAt(source, record, ['run'], 'default-run', message, { suggestion }),
    );
    return [...lost, ...wrong];
  });
}
