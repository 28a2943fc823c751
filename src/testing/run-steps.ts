import { OrderedOutput } from './ordered-output.ts';
import { type Outcome, oneFailed } from './outcome.ts';
import type { Finished, Step, Write } from './step.ts';

interface RunOptions {
  /** How many steps run side by side. */
  lanes: number;
  out: Write;
}

/**
 * Runs every step, side by side where `needs` and `after` allow it, and returns what came of them in the
 * order of the list. A step that throws has failed; one whose need failed is not run and has failed too.
 */
export async function runSteps(steps: readonly Step[], { lanes, out }: RunOptions): Promise<Finished[]> {
  const output = new OrderedOutput(
    steps.map(({ name }) => name),
    out,
  );
  const done = new Map<string, Finished>();
  const waiting = new Set(steps);
  const known = new Set(steps.map(({ name }) => name));
  let wake = Promise.withResolvers<void>();

  const isFree = ({ needs, after = [] }: Step) =>
    [...needs, ...after].every((name) => done.has(name) || !known.has(name));

  async function lane(): Promise<void> {
    while (waiting.size > 0) {
      const step = [...waiting].find(isFree);
      if (!step) {
        if (done.size + waiting.size === steps.length) throw new Error('the steps wait for one another');
        await wake.promise;
        continue;
      }
      waiting.delete(step);
      done.set(step.name, await runStep(step, done, output));
      output.finish(step.name);
      wake.resolve();
      wake = Promise.withResolvers();
    }
  }

  await Promise.all(Array.from({ length: lanes }, lane));
  return steps.flatMap(({ name }) => done.get(name) ?? []);
}

async function runStep(
  step: Step,
  done: ReadonlyMap<string, Finished>,
  output: OrderedOutput,
): Promise<Finished> {
  const started = performance.now();
  const write: Write = (text) => output.write(step.name, text);
  write(`\n== ${step.heading}\n`);
  const broken = step.needs.filter((name) => (done.get(name)?.outcome.failures.length ?? 0) > 0);
  let outcome: Outcome;
  if (broken.length > 0)
    outcome = oneFailed(step.name, `not run: it needs ${broken.join(' and ')}, which failed`);
  else {
    try {
      outcome = await step.run(write);
    } catch (error) {
      outcome = oneFailed(step.name, error instanceof Error ? error.message : String(error));
    }
  }
  const seconds = (performance.now() - started) / 1000;
  write(`-- ${step.name}: ${countsOf(outcome)}, ${seconds.toFixed(1)} s\n`);
  return { step, outcome, seconds };
}

/** `12 passed, 0 failed`, and how many were skipped when any was. */
export function countsOf({ passed, failures, skips }: Outcome): string {
  const counts = `${passed} passed, ${failures.length} failed`;
  return skips.length > 0 ? `${counts}, ${skips.length} skipped` : counts;
}
