import type { Stryker } from '@stryker-mutator/core';

/** A mutant with what came of it, as Stryker reports it. */
export type Mutant = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

/** The part of a mutant that is counted. */
export type MutantOutcome = Pick<Mutant, 'status'>;

/** How many mutants came to which end. */
export interface Score {
  mutants: number;
  /** A test failed, or the mutant could not run at all. */
  killed: number;
  /** Every test that reaches it passes. */
  survived: number;
  /** No test reaches it. */
  noCoverage: number;
  /** It never ended, which a test would notice. */
  timedOut: number;
  /** Left out by a `Stryker disable` comment with its reason; counted nowhere else. */
  ignored: number;
}

/** Counts what came of mutants. */
export function scoreOf(outcomes: readonly MutantOutcome[]): Score {
  const count = (...statuses: MutantOutcome['status'][]) =>
    outcomes.filter(({ status }) => statuses.includes(status)).length;
  const ignored = count('Ignored');
  return {
    mutants: outcomes.length - ignored,
    killed: count('Killed', 'RuntimeError', 'CompileError'),
    survived: count('Survived'),
    noCoverage: count('NoCoverage'),
    timedOut: count('Timeout'),
    ignored,
  };
}

/** The share of mutants that tests notice, 0 to 100; 100 where there are none. */
export function percentNoticed({ mutants, killed, timedOut }: Score): number {
  return mutants === 0 ? 100 : (100 * (killed + timedOut)) / mutants;
}

/** The sum of scores. */
export function sumScores(scores: readonly Score[]): Score {
  const total = scoreOf([]);
  for (const score of scores) {
    total.mutants += score.mutants;
    total.killed += score.killed;
    total.survived += score.survived;
    total.noCoverage += score.noCoverage;
    total.timedOut += score.timedOut;
    total.ignored += score.ignored;
  }
  return total;
}
