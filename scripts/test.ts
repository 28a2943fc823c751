import { runSteps } from '../src/testing/run-steps.ts';
import { summary } from '../src/testing/summary.ts';
import { parseTestArguments, usage } from '../src/testing/test-arguments.ts';
import { stepsFor } from '../src/testing/test-steps.ts';

const request = parseTestArguments(process.argv.slice(2));

if ('error' in request) {
  process.stderr.write(`${request.error}\n\n${usage}`);
  process.exitCode = 2;
} else if ('help' in request) {
  process.stdout.write(usage);
} else {
  const out = (text: string) => process.stdout.write(text);
  const finished = await runSteps(stepsFor(request.run), { lanes: 2, out });
  out(summary(finished));
  if (finished.some(({ outcome }) => outcome.failures.length > 0)) process.exitCode = 1;
}
