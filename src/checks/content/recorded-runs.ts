import type { ContentSource } from '../../collections/content-source.ts';
import { type Problem, problem } from '../../errors/problem.ts';

/**
 * Warns when a run logged a metric that the section on metrics of its trainer's page does not mention.
 * A `_share` is what the script counted in samples of its own; no trainer logs it.
 */
export function checkRecordedRuns(source: ContentSource): Problem[] {
  return source.annotated.flatMap((page) => {
    const runs = source.runs.filter((run) => run.trainers.includes(page.id));
    const section = metricsSection(page.body.split('\n'));
    if (runs.length === 0) return [];
    const logged = [...new Set(runs.flatMap((run) => Object.keys(run.series)))].sort();
    const ofTrainer = logged.filter((name) => !name.endsWith('_share'));
    const missing = ofTrainer.filter((name) => !section?.text.includes(`\`${name}\``));
    const line = section ? page.bodyLine + section.index : page.bodyLine;
    return missing.map((name) =>
      problem(
        'metric-undocumented',
        { file: page.file, line, column: 1, length: section?.heading.length ?? 1 },
        section
          ? `the section on metrics does not mention \`${name}\`, which a recorded run logs`
          : `the page has no section on metrics, and a recorded run logs \`${name}\``,
        { severity: 'warning' },
      ),
    );
  });
}

/** The section under the first heading of the highest level that speaks of metrics, down to the next heading of its level. */
function metricsSection(lines: readonly string[]) {
  // A block about metrics may have a heading too, of a lower level.
  const index = [/^## .*\bmetrics?\b/i, /^### .*\bmetrics?\b/i]
    .map((heading) => lines.findIndex((line) => heading.test(line)))
    .find((found) => found >= 0);
  if (index === undefined) return undefined;
  const heading = lines[index] ?? '';
  const level = heading.indexOf(' ');
  const next = lines.findIndex((line, at) => at > index && /^#+ /.test(line) && line.indexOf(' ') <= level);
  return { index, heading, text: lines.slice(index, next < 0 ? undefined : next).join('\n') };
}
