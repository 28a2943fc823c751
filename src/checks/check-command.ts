import { join } from 'node:path';
import { siteAddress } from '../errors/docs.ts';
import { explainInTerminal } from '../errors/explain.ts';
import { showFixes } from '../errors/fix-report.ts';
import { readExplanation } from '../errors/read-explanations.ts';
import type { Terminal } from '../errors/terminal.ts';
import { parseCheckArguments, usage } from './check-arguments.ts';
import { driftSummary } from './drift/summary.ts';
import { fixContent, previewFixes } from './fix/fix-content.ts';
import { runCheck } from './run-check.ts';

const explained = join(import.meta.dirname, '../errors/explained');

/** `npm run check`. Returns the exit code: 0 no error, 1 errors, 2 wrong arguments. */
export async function checkCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  terminal: Terminal,
): Promise<number> {
  const request = parseCheckArguments([...args]);
  const options = { color: terminal.color, site: siteAddress(env) };
  if ('error' in request) {
    terminal.error(`${request.error}\n\n${usage}`);
    return 2;
  }
  if ('explain' in request) {
    terminal.out(explainInTerminal(await readExplanation(request.explain, explained), options));
    return 0;
  }
  if (request.help) {
    terminal.out(usage);
    return 0;
  }
  const contentDir = env.CONTENT_DIR ?? 'content';
  if (request.fix === 'dry') return previewFixes(contentDir, terminal);
  const fixes = request.fix === 'write' ? await fixContent(contentDir) : undefined;
  if (fixes) terminal.error(showFixes(fixes));
  const problems = await runCheck({ contentDir, contentOnly: request.contentOnly });
  terminal.out(request.format(problems, { ...options, fixes }));
  const drift = driftSummary(problems);
  if (drift) terminal.error(`${drift}\n`);
  return problems.some(({ severity }) => severity === 'error') ? 1 : 0;
}
