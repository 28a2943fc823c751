import { matchesGlob, relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { type GroupName, moduleGroups } from './modules.ts';
import type { Mutant } from './score.ts';

/**
 * Tests every mutant of a group, or of some of its files, with Stryker.
 *
 * With `incremental`, mutants of sources and tests that did not change since the last such run of the group keep their
 * result (`.build/mutation/<group>.json`). That is quick and not quite true: changes of anything else that a test reads
 * go unnoticed, and a constant that no test reached then still counts as unreached.
 *
 * What holds for every run stands in `stryker.json`. There `related` is off, since the tests are named: to look for
 * what imports a mutant costs more than it saves. No threshold either: the command has its own, over all groups.
 * @throws when Stryker cannot run, for one because a test fails without a mutant
 */
export async function runStryker(
  group: GroupName,
  { files, incremental, terminal }: { files?: readonly string[]; incremental: boolean; terminal: boolean },
): Promise<Mutant[]> {
  process.env.MUTATION_GROUP = group; // Stryker's workers and vitest in them inherit it
  const sources: readonly string[] = files ?? moduleGroups[group].sources;
  const mutants = await new Stryker({
    configFile: 'src/testing/mutation/stryker.json',
    mutate: [...sources],
    incremental,
    incrementalFile: `.build/mutation/${group}.json`,
    reporters: terminal ? ['progress'] : [],
  }).runMutationTest();
  // An incremental run answers for files too that it was not asked for, as they once were.
  return mutants.filter(({ fileName }) => sources.some((glob) => matchesGlob(relative('.', fileName), glob)));
}
