import { withCauses } from '../build/command.ts';
import { LockedError } from '../build/lock.ts';
import { formatTerminal } from '../errors/format.ts';
import { ProblemsError } from '../errors/problem.ts';
import type { Terminal } from '../errors/terminal.ts';
import { type ImportArguments, importArguments, importUsage } from './arguments.ts';
import { importFolder } from './import-folder.ts';
import { ImportRefused } from './refused.ts';
import { reportFile } from './report-file.ts';
import { renderSummary } from './summary.ts';

const doing = { read: 'reading', convert: 'converting', check: 'checking what was made' } as const;

/** `npm run import`. Returns the exit code: 0 imported, 1 nothing was changed, 2 wrong arguments. */
export async function importCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  terminal: Terminal,
): Promise<number> {
  let request: ImportArguments | 'help';
  try {
    request = importArguments(args);
  } catch (error) {
    terminal.error(`${error instanceof Error ? error.message : error}\n\n${importUsage}`);
    return 2;
  }
  if (request === 'help') {
    terminal.out(importUsage);
    return 0;
  }
  try {
    const report = await reportFile(request);
    const result = await importFolder({
      ...request,
      own: env.CONTENT_DIR ?? 'content',
      progress: (step, done, of) => terminal.progress?.(`${doing[step]} ${of > 1 ? `${done} of ${of}` : ''}`),
    });
    terminal.progress?.('');
    await report?.write(result, request);
    terminal.out(renderSummary(result, { color: terminal.color, dryRun: request.dryRun }));
    return 0;
  } catch (error) {
    terminal.progress?.('');
    terminal.error(explain(error, terminal));
    return 1;
  }
}

function explain(error: unknown, terminal: Terminal): string {
  const kept = 'Nothing was imported; everything is as before.\n';
  if (error instanceof ProblemsError) return `${formatTerminal(error.problems, terminal)}\n${kept}`;
  if (error instanceof ImportRefused) return `${error.message}\n`;
  if (error instanceof LockedError) return `${error.message}\n`;
  return `${withCauses(error)}\n${kept}`;
}
