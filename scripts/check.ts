import { parseCheckArguments, usage } from '../src/checks/check-arguments.ts';
import { runCheck } from '../src/checks/run-check.ts';
import { wantsColor } from '../src/errors/format.ts';

const request = parseCheckArguments(process.argv.slice(2));

if ('error' in request) {
  process.stderr.write(`${request.error}\n\n${usage}`);
  process.exitCode = 2;
} else if (request.help) {
  process.stdout.write(usage);
} else {
  const problems = await runCheck({
    contentDir: process.env.CONTENT_DIR ?? 'content',
    contentOnly: request.contentOnly,
  });
  process.stdout.write(request.format(problems, { color: wantsColor(process.stdout, process.env) }));
  if (problems.some(({ severity }) => severity === 'error')) process.exitCode = 1;
}
