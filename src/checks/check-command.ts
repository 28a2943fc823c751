import type { Terminal } from '../errors/terminal.ts';
import { parseCheckArguments, usage } from './check-arguments.ts';
import { driftSummary } from './drift/summary.ts';
import { runCheck } from './run-check.ts';

/** `npm run check`. Returns the exit code: 0 no error, 1 errors, 2 wrong arguments. */
export async function checkCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  terminal: Terminal,
): Promise<number> {
  const request = parseCheckArguments([...args]);
  if ('error' in request) {
    terminal.error(`${request.error}\n\n${usage}`);
    return 2;
  }
  if (request.help) {
    terminal.out(usage);
    return 0;
  }
  const contentDir = env.CONTENT_DIR ?? 'content';
  const problems = await runCheck({ contentDir, contentOnly: request.contentOnly });
  terminal.out(request.format(problems, terminal));
  const drift = driftSummary(problems);
  if (drift) terminal.error(`${drift}\n`);
  return problems.some(({ severity }) => severity === 'error') ? 1 : 0;
}
