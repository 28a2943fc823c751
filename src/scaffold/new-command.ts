import { shown } from '../collections/content-folder.ts';
import type { ContentSource } from '../collections/content-source.ts';
import { readContent } from '../collections/read-content.ts';
import { unfinishedMarks } from '../collections/unfinished.ts';
import { counted } from '../coverage/wording.ts';
import { formatTerminal } from '../errors/format.ts';
import { ProblemsError } from '../errors/problem.ts';
import type { Terminal } from '../errors/terminal.ts';
import { type Plan, plan } from './plan.ts';
import { type NewRequest, newRequest, usage } from './request.ts';
import { writeNewFiles } from './write-files.ts';

/** `npm run new`. Returns the exit code: 0 written, 1 refused or failed (nothing is written), 2 wrong arguments. */
export async function newCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  terminal: Terminal,
): Promise<number> {
  let request: NewRequest;
  try {
    request = newRequest(args, env);
  } catch (error) {
    terminal.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    return 2;
  }
  if (request.help) {
    terminal.out(usage);
    return 0;
  }
  try {
    const source = await readContent(request.contentDir);
    const made = await plan(request.wish, refuseMissing(source));
    if (!request.dryRun) await writeNewFiles(made.files);
    terminal.out(report(made, request.dryRun));
    return 0;
  } catch (error) {
    if (error instanceof ProblemsError) terminal.error(formatTerminal(error.problems, terminal));
    else terminal.error(`${error instanceof Error ? error.message : error}\n`);
    return 1;
  }
}

/** A content folder may be broken in places, but it must be there: a misspelt one is not made anew. */
function refuseMissing(source: ContentSource): ContentSource {
  const missing = source.problems.filter(({ code }) => code === 'content-missing');
  if (missing.length > 0) throw new ProblemsError(missing);
  return source;
}

function report({ files, existing, next }: Plan, dryRun: boolean): string {
  const width = Math.max(
    ...[...files.map(({ path }) => shown(path)), ...existing].map((path) => path.length),
  );
  const lines = [
    dryRun ? 'Would write' : 'Wrote',
    ...files.map(({ path, text }) => {
      const marks = unfinishedMarks(text).length;
      return `  ${shown(path).padEnd(width)}  ${marks === 0 ? 'complete' : `${counted(marks, 'place')} to write`}`;
    }),
    ...(existing.length > 0 ? ['Left as it is', ...existing.map((path) => `  ${path}`)] : []),
    'Next',
    ...next.map((step) => `  ${step}`),
  ];
  return `${lines.join('\n')}\n`;
}
