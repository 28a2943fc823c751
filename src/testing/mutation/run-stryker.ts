import { Stryker } from '@stryker-mutator/core';
import { type GroupName, moduleGroups } from './modules.ts';
import type { Mutant } from './score.ts';

/**
 * Tests every mutant of a group, or of some of its files, with Stryker. For a whole group, mutants of sources and
 * tests that did not change since the last run keep their result (`.build/mutation/<group>.json`); a change of
 * something else that a test reads is not noticed: `force` asks again.
 *
 * What holds for every run stands in `stryker.json`. There `related` is off, since the tests are named: to look for
 * what imports a mutant costs more than it saves. No threshold either: the command has its own, over all groups.
 * @throws when Stryker cannot run, for one because a test fails without a mutant
 */
export async function runStryker(
  group: GroupName,
  { files, force, terminal }: { files?: readonly string[]; force: boolean; terminal: boolean },
): Promise<Mutant[]> {
  process.env.MUTATION_GROUP = group; // Stryker's workers and vitest in them inherit it
  return new Stryker({
    configFile: 'src/testing/mutation/stryker.json',
    mutate: [...(files ?? moduleGroups[group].sources)],
    incremental: files === undefined, // else it answers for the other files too, as they once were
    incrementalFile: `.build/mutation/${group}.json`,
    force,
    reporters: terminal ? ['progress'] : [],
  }).runMutationTest();
}
