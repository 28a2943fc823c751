import { defineConfig } from 'vitest/config';

/** `unit` needs nothing built; `site` reads the site in dist/; `builds` builds small sites of its own. */
export default defineConfig({
  test: {
    projects: ['unit', 'site', 'builds'].map((name) => ({
      // A test reads the whole site, on whatever machine: its time says nothing.
      test: {
        name,
        include: [`tests/${name}/**/*.test.ts`],
        environment: 'node',
        testTimeout: name === 'builds' ? 300_000 : 60_000,
        hookTimeout: 60_000,
      },
    })),
  },
});
