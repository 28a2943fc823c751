import { cp, mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { serve } from '../../src/serve/server.ts';
import { type ImportedSite, importedSite } from '../site/imported-site.ts';
import { writeHostileFolder } from '../unit/import/hostile-folder.ts';

/* A folder of the predecessor, with what a stranger might have put into it, imported, built and opened. */
test.describe.configure({ mode: 'serial' });
// What the policy forbids must not be there in the first place.
test.use({ bypassCSP: true });

let site: ImportedSite;
let server: Server;
let url: string;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  const folder = await mkdtemp(join(tmpdir(), 'tutorials-'));
  await writeHostileFolder(join(folder, 'hostile'));
  await cp('tests/fixtures/import/predecessor', folder, { recursive: true });
  site = await importedSite(folder);
  await rm(folder, { recursive: true });
  ({ server, url } = await serve(site.dist, '/', 0));
});

test.afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await site.remove();
});

const hostile = [
  '/guides/hostile-readme/',
  '/guides/sfttrainer/',
  '/examples/evil-training/',
  '/guides/img-src-x-onerror-run-4/',
  '/guides/new-line/',
];

for (const path of hostile) {
  test(`nothing of ${path} runs, and nothing is asked of another host`, async ({ page }) => {
    const calls: string[] = [];
    await page.exposeFunction('run', (what: string) => calls.push(`run ${what}`));
    page.on('dialog', (dialog) => {
      calls.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(url)) calls.push(`request ${request.url()}`);
    });
    const response = await page.goto(`${url}${path.slice(1)}`);
    expect(response?.status()).toBe(200);
    await page.waitForLoadState('networkidle');
    const live = await page
      .locator('main')
      .evaluate((main) =>
        [...main.querySelectorAll('*')]
          .filter(
            (element) =>
              /^(?:script|iframe|object|embed|form|style|link|meta|base|img)$/i.test(element.tagName) ||
              element.getAttributeNames().some((name) => /^on/.test(name)) ||
              !/^(?:https?:|mailto:|[#/.]|index\.md|$)/.test(element.getAttribute('href') ?? ''),
          )
          .map((element) => element.outerHTML.slice(0, 120)),
      );
    expect(live).toEqual([]);
    for (const summary of await page.locator('article summary').all()) await summary.click();
    // The ear was open all the time.
    await page.evaluate('run("control")');
    expect(calls).toEqual(['run control']);
  });
}

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

for (const width of [390, 1440]) {
  test(`an imported page reads well at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${url}trainers/dpo/`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'DPOTrainer: Complete Line-by-Line Annotation',
    );
    await expect(page.getByRole('region', { name: 'What was verified' })).toHaveText(
      /Imported, not checked\s+Nobody checked: this page, which was imported as it stood from annotated_trainers\/DPOTrainer_ANNOTATED\.md\./,
    );
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    // The author's table of contents leads to the second of three headings that read alike.
    await page.getByRole('article').getByRole('link', { name: 'What', exact: true }).nth(1).click();
    await expect(page).toHaveURL(/#what-1$/);
    await expect(page.locator('#what-1')).toBeInViewport();
    // A mention of another file leads to its page.
    await page.getByRole('link', { name: 'reference_guides/DPO_Loss_Reference.md' }).first().click();
    await expect(page).toHaveURL(/\/guides\/dpo-loss-reference\/$/);
  });
}
