import { mkdir, writeFile } from 'node:fs/promises';
import { budget } from '../checks/dist/page-weight.ts';
import { type KindWeight, weightTable } from '../checks/dist/weight-report.ts';
import { formatTerminal } from '../errors/format.ts';
import { ProblemsError } from '../errors/problem.ts';
import type { Terminal } from '../errors/terminal.ts';
import { AstroError } from './astro.ts';
import { type BuildStep, buildSite } from './build-site.ts';
import { diskProblem } from './disk-full.ts';
import type { SiteCounts } from './last-build.ts';
import { LockedError } from './lock.ts';
import { type BuildRequest, buildOptions, buildUsage } from './options.ts';

const doing: Record<BuildStep, string> = {
  check: 'checking the content',
  render: 'rendering',
  index: 'indexing for the search',
  'check site': 'checking the built site',
};

/** `npm run build`. Returns the exit code: 0 good, 1 problems (dist/ is as before), 2 wrong arguments. */
export async function buildCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  let options: BuildRequest;
  try {
    options = buildOptions(args, process.env);
  } catch (error) {
    terminal.error(`${error instanceof Error ? error.message : error}\n\n${buildUsage}`);
    return 2;
  }
  if (options.help) {
    terminal.out(buildUsage);
    return 0;
  }
  const started = performance.now();
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1).padStart(5);
  try {
    const result = await buildSite(options, (step) => terminal.out(`${seconds()} s  ${doing[step]}\n`));
    if (result.unchanged) {
      terminal.out(`${seconds()} s  nothing has changed since the last build. ${buildSummary(result)}\n`);
      return 0;
    }
    // A report for whoever reads the log; an author is told of a page over budget by its warning.
    if (process.env.CI || options.verbose) terminal.out(`\n${weightTable(result.weights)}\n\n`);
    await keepWeights(result.weights);
    if (result.warnings.length > 0) terminal.error(formatTerminal(result.warnings, terminal));
    terminal.out(`${seconds()} s  ${buildSummary(result)}\n`);
    return 0;
  } catch (error) {
    terminal.error(explain(error, terminal));
    return 1;
  }
}

/** `dist/ holds 31 pages and 4.2 MB; the search has 29 pages and 96 records.` */
export function buildSummary({ htmlPages, bytes, pages, records }: SiteCounts): string {
  const size = (bytes / 1e6).toFixed(1);
  return `dist/ holds ${htmlPages} pages and ${size} MB; the search read ${pages} pages and ${records} records.`;
}

/** The figures for machines, where the tests' reports are. */
async function keepWeights(weights: readonly KindWeight[]): Promise<void> {
  await mkdir('.build/reports', { recursive: true });
  await writeFile(
    '.build/reports/page-weight.json',
    `${JSON.stringify({ budget, kinds: weights }, null, 2)}\n`,
  );
}

function explain(error: unknown, terminal: Terminal): string {
  const kept = 'Nothing was built; dist/ is as before.\n';
  if (error instanceof ProblemsError) return `${formatTerminal(error.problems, terminal)}\n${kept}`;
  const noRoom = diskProblem(error, '.build');
  if (noRoom) return `${formatTerminal([noRoom], terminal)}\n${kept}`;
  if (error instanceof AstroError) return `${error.output}\n${error.message}. ${kept}`;
  if (error instanceof LockedError) return `${error.message}\n`;
  return `${withCauses(error)}\n${kept}`;
}

/** An error and what caused it, one a line. */
export function withCauses(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}\n  because ${withCauses(error.cause)}`;
}
