import { test as base, expect } from '@playwright/test';
import { serve } from '../../src/serve/server.ts';
import { dist } from './pages.ts';

/** What a page did that nobody wants: errors on the console, requests that failed or went elsewhere. */
export interface Complaints {
  readonly list: string[];
  /** Leaves out what the test itself provokes. */
  expect(pattern: RegExp): void;
}

/**
 * Playwright's test with the built site behind `baseURL`. Each test fails when a page complains: an error on
 * the console, an exception, a request that fails, one to another host, or what the site's own policy forbids.
 */
export const test = base.extend<{ complaints: Complaints }, { siteUrl: string }>({
  siteUrl: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names off the pattern
    async ({}, use) => {
      const { server, url } = await serve(dist, '/', 0);
      await use(url);
      server.close();
      server.closeAllConnections();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ siteUrl }, use) => use(siteUrl),
  complaints: [
    async ({ context, siteUrl }, use) => {
      const list: string[] = [];
      const expected: RegExp[] = [];
      context.on('console', (message) => {
        if (message.type() === 'error') list.push(`console: ${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => list.push(`exception: ${error.error().message}`));
      context.on('request', (request) => {
        const url = request.url();
        const own = url.startsWith(siteUrl) || /^(data|blob):/.test(url);
        if (!own) list.push(`request to another host: ${url}`);
      });
      context.on('response', (response) => {
        if (response.status() >= 400) list.push(`${response.status()}: ${response.url()}`);
      });
      context.on('requestfailed', (request) => {
        // Leaving a page ends the requests that are under way: that is not the page's fault.
        const reason = request.failure()?.errorText;
        if (reason !== 'net::ERR_ABORTED') list.push(`${reason}: ${request.url()}`);
      });
      await context.exposeFunction('complainOfPolicy', (what: string) => list.push(`policy: ${what}`));
      await context.addInitScript(reportViolations);
      await use({ list, expect: (pattern) => expected.push(pattern) });
      expect(list.filter((each) => !expected.some((pattern) => pattern.test(each)))).toEqual([]);
    },
    { auto: true },
  ],
});

/** Runs in each document before its own scripts: tells of all that the Content-Security-Policy stops. */
function reportViolations(): void {
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) => {
    const complain: unknown = Reflect.get(window, 'complainOfPolicy');
    if (typeof complain === 'function')
      complain(`${effectiveDirective} stops ${blockedURI} (${sourceFile || location.href})`);
  });
}

export { expect };
