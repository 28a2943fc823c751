import type { Outcome } from './outcome.ts';

/** Takes a step's output, as it comes. */
export type Write = (text: string) => void;

/** One part of a test run. */
export interface Step {
  /** Names it in `needs`, `after` and in failures. */
  name: string;
  /** The heading above its output. */
  heading: string;
  /** Steps whose product it uses: when one of them fails, it is not run and counts as failed. */
  needs: readonly string[];
  /** Steps it must not run beside; it waits for them, however they end. */
  after?: readonly string[];
  run(write: Write): Promise<Outcome>;
}

/** What came of a step, and how long it took. */
export interface Finished {
  step: Step;
  outcome: Outcome;
  seconds: number;
}
