import { defineConfig } from 'vitest/config';
import { groupNames, moduleGroups } from './modules.ts';

/** The tests of the group that is being mutated; `run-stryker.ts` names it in the environment. */
const group = groupNames.find((name) => name === process.env.MUTATION_GROUP);
if (!group) throw new Error('expected MUTATION_GROUP to name a group: run `npm run mutation`');

export default defineConfig({
  test: {
    environment: 'node',
    include: [...moduleGroups[group].tests],
    testTimeout: 60_000,
    // The files of one run share their modules; each run, so each mutant, has a worker of its own all the same.
    isolate: false,
  },
});
