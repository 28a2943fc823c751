import { chromium, defineConfig } from '@playwright/test';
import { browserFlags, findBrowser } from './src/browser.ts';

/** The browser tests read the site in dist/: `npm run build` first, or `npm test -- --only browser`. */
export default defineConfig({
  testDir: 'tests/browser',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: '.build/reports/browser.json' }]],
  use: {
    browserName: 'chromium',
    launchOptions: {
      executablePath: findBrowser(process.env, chromium.executablePath()),
      args: browserFlags,
    },
    screenshot: 'only-on-failure',
  },
});
