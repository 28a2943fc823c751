import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const path = '/paths/dpo/';
const first = '/guides/dpo-loss/';
const second = '/trainers/dpo/';

const strip = (page: Page) => page.getByRole('navigation', { name: 'In learning paths' });
const panel = (page: Page) => page.locator('progress-panel');
const said = (page: Page) => panel(page).locator('[data-said]');

/** Marks a page as read, from the foot of the page itself. */
async function read(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await strip(page).getByRole('button', { name: 'Mark as read' }).click();
  await expect(strip(page).locator('[data-mark]')).toHaveAttribute('data-state', 'read');
}

test('a page marked as read is so on the path, on the home page, and after a reload', async ({ page }) => {
  await read(page, first);
  await page.reload();
  await expect(strip(page).locator('[data-mark]')).toHaveAttribute('data-state', 'read');

  await page.goto(path);
  const states = page.locator('[data-path-steps] [data-mark]');
  await expect(states.nth(0)).toHaveAttribute('data-state', 'read');
  await expect(states.nth(1)).toHaveAttribute('data-state', 'unread');
  await expect(page.getByText(/^1 of 4 read, .* left$/)).toBeVisible();

  await page.goto('/');
  const onward = page.locator('continue-reading');
  await expect(onward).toContainText('Continue with');
  await expect(onward.getByRole('link', { name: 'DPOTrainer, annotated' })).toHaveAttribute(
    'href',
    /trainers\/dpo/,
  );
  await expect(onward).toContainText('Step 2 of 4 in DPO');
});

test('opening a page alone says opened, not read', async ({ page }) => {
  await page.goto(second);
  await expect(strip(page).locator('[data-mark]')).toHaveAttribute('data-state', 'opened');
  await page.goto(path);
  await expect(page.getByText(/^0 of 4 read/)).toBeVisible();
});

test('progress goes out as a file, is deleted, and comes back', async ({ page }, testInfo) => {
  await read(page, first);
  await page.goto('/paths/');
  const download = page.waitForEvent('download');
  await panel(page).getByRole('button', { name: 'Export as a file' }).click();
  const file = testInfo.outputPath('progress.json');
  await (await download).saveAs(file);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: expect.anything() });

  await panel(page).getByRole('button', { name: 'Delete' }).click();
  await page
    .getByRole('dialog', { name: 'Delete your progress?' })
    .getByRole('button', { name: 'Keep it' })
    .click();
  await expect(panel(page)).toContainText('1 page marked as read');
  await panel(page).getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete it' }).click();
  await expect(said(page)).toContainText('Nothing is kept');
  await expect(panel(page)).toContainText('Nothing yet.');

  await panel(page).locator('input[type="file"]').setInputFiles(file);
  await expect(said(page)).toContainText('1 page marked as read');
  await expect(panel(page)).toContainText('1 page marked as read');
  await page.goto(first);
  await expect(strip(page).locator('[data-mark]')).toHaveAttribute('data-state', 'read');
});

for (const [name, content] of [
  ['no JSON', '{"version":'],
  ['of another version', '{"version":99,"pages":{}}'],
  ['of another shape', '{"version":1,"pages":{"x":{"read":"<img src=x onerror=alert(1)>"}}}'],
] as const) {
  test(`a file that is ${name} is refused with a reason, and changes nothing`, async ({ page }) => {
    await read(page, first);
    await page.goto('/paths/');
    await panel(page)
      .locator('input[type="file"]')
      .setInputFiles({ name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from(content) });
    await expect(said(page)).toContainText('broken.json was not imported.');
    await expect(said(page)).toContainText(/expected|version/i);
    await expect(panel(page)).toContainText('1 page marked as read');
  });
}

test('a page opened from a path has that path’s neighbours, and keeps it on the way', async ({ page }) => {
  await page.goto(path);
  await page.locator('[data-path-steps]').getByRole('link', { name: 'DPOTrainer, annotated' }).click();
  await expect(page).toHaveURL(/\/trainers\/dpo\/\?path=dpo/);
  const here = strip(page).locator('[data-path="dpo"]');
  await expect(here).toHaveAttribute('aria-current', 'true');
  await expect(page.getByRole('navigation', { name: 'Previous and next page' })).toBeHidden();
  await here
    .getByRole('link', { name: 'DPO on a CPU', exact: false })
    .or(here.getByRole('link').last())
    .first()
    .click();
  await expect(page).toHaveURL(/\?path=dpo/);
  await expect(page.locator('link[rel="canonical"]')).toHaveAttribute('href', /\/$/);
});

test('two tabs stay in step', async ({ context }) => {
  const [one, two] = [await context.newPage(), await context.newPage()];
  await two.goto(path);
  await expect(two.locator('[data-path-steps] [data-mark]').first()).toHaveAttribute('data-state', 'unread');
  await read(one, first);
  await expect(two.locator('[data-path-steps] [data-mark]').first()).toHaveAttribute('data-state', 'read');
});

test('a browser that keeps nothing says so, and the page works', async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await read(page, first);
  await page.goto('/paths/');
  await strip(page).count();
  await expect(panel(page).locator('[data-trouble]')).toBeHidden();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a path is its pages, reasons and questions, and a page names its paths', async ({ page }) => {
    await page.goto(path);
    await expect(page.locator('[data-path-steps] > li')).toHaveCount(4);
    await expect(page.getByRole('button')).toHaveCount(0);
    await page.goto(second);
    await expect(strip(page).getByRole('link', { name: 'DPO', exact: true })).toBeVisible();
    await expect(strip(page).getByText('step 2 of 4')).toBeVisible();
  });
});
