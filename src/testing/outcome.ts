/** A test that did not pass, or a step that could not run. */
export interface Failure {
  /** For example `tests/unit/search/html.test.ts > drops scripts`. */
  title: string;
  message: string;
}

/** A test that a runner left out, with its reason. */
export interface Skip {
  title: string;
  reason: string;
}

/** What came of one step. */
export interface Outcome {
  passed: number;
  failures: readonly Failure[];
  skips: readonly Skip[];
}

export const onePassed: Outcome = { passed: 1, failures: [], skips: [] };

/** The outcome of a step that could not run or ended without a report: one failure. */
export function oneFailed(title: string, message: string): Outcome {
  return { passed: 0, failures: [{ title, message }], skips: [] };
}

/** Adds outcomes up, in order. */
export function sumOutcomes(outcomes: readonly Outcome[]): Outcome {
  return {
    passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
    failures: outcomes.flatMap(({ failures }) => failures),
    skips: outcomes.flatMap(({ skips }) => skips),
  };
}

/** How a runner's process ended: its exit code, or why there is none. */
export type Ending = number | 'a signal' | 'the time limit';

/**
 * The outcome of a runner from its report and the way its process ended. A report alone is not believed:
 * a runner that ends badly without naming a failed test, that leaves no report, or that ran no test, has failed.
 * @param step - names the step in failures
 * @param report - what the report holds; undefined when it is missing or unreadable
 */
export function judgeRunner(step: string, ending: Ending, report: Outcome | undefined): Outcome {
  if (!report) return oneFailed(step, `the runner ended with ${ending} and left no readable report`);
  if (ending !== 0 && report.failures.length === 0) {
    const failure = { title: step, message: `the runner ended with ${ending} though no test failed` };
    return { ...report, failures: [failure] };
  }
  if (report.passed + report.failures.length === 0) {
    return { ...report, failures: [{ title: step, message: 'the runner ran no test' }] };
  }
  return report;
}
