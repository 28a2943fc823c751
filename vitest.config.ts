import { defineConfig } from 'vitest/config';

/** `unit` needs nothing built; `site` reads the site in dist/. */
export default defineConfig({
  test: {
    projects: ['unit', 'site'].map((name) => ({
      test: { name, include: [`tests/${name}/**/*.test.ts`], environment: 'node' },
    })),
  },
});
