import { Stryker } from '@stryker-mutator/core';
import { type GroupName, moduleGroups } from './modules.ts';
import type { Mutant } from './score.ts';

/** Folders of the checkout that no test of a group reads: they are not copied into the sandbox. */
const notCopied = ['.venv', '.cache', '.build', '.astro', '.ci', '.github', '.vscode', 'dist', 'public'];

/**
 * Tests every mutant of a group, or of some of its files, with Stryker. For a whole group, mutants of sources and
 * tests that did not change since the last run keep their result (`.build/mutation/<group>.json`); a change of
 * something else that a test reads is not noticed: `force` asks again.
 * @throws when Stryker cannot run, for one because a test fails without a mutant
 */
export async function runStryker(
  group: GroupName,
  { files, force, terminal }: { files?: readonly string[]; force: boolean; terminal: boolean },
): Promise<Mutant[]> {
  process.env.MUTATION_GROUP = group; // Stryker's workers and vitest in them inherit it
  return new Stryker({
    mutate: [...(files ?? moduleGroups[group].sources)],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: {
      configFile: 'src/testing/mutation/vitest.config.ts',
      related: false, // the tests are named: looking for what imports a mutant costs more than it saves
    },
    coverageAnalysis: 'perTest',
    concurrency: 1,
    ignorePatterns: notCopied,
    tempDirName: '.build/mutation/sandboxes',
    cleanTempDir: 'always',
    incremental: files === undefined, // else it answers for the other files too, as they once were
    incrementalFile: `.build/mutation/${group}.json`,
    force,
    reporters: terminal ? ['progress'] : [],
    logLevel: 'error',
    allowConsoleColors: false,
    thresholds: { break: null }, // our own: over all groups, at the end
  }).runMutationTest();
}
