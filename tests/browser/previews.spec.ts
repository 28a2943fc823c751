import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { annotated, guide } from './pages.ts';

const preview = (page: Page) => page.locator('.preview');
/** A link of the text by where it leads. */
const link = (page: Page, address: string): Locator =>
  page.locator(`main .prose a[href$="${address}"]`).first();

test('pointing at a glossary term shows its definition with formulas, and leaving hides it', async ({
  page,
}) => {
  await page.goto(guide);
  const term = page.locator('.prose a.term').first();
  await term.hover();
  await expect(preview(page)).toBeVisible();
  await expect(preview(page)).toContainText('Glossary term');
  await expect(term).toHaveAttribute('aria-describedby', 'preview');
  await page.mouse.move(2, 2);
  await expect(preview(page)).toBeHidden();
  await expect(term).not.toHaveAttribute('aria-describedby');
});

test('the pointer may move into the preview, and it stays', async ({ page }) => {
  await page.goto(guide);
  await page.locator('.prose a.term').first().hover();
  await expect(preview(page)).toBeVisible();
  const box = await preview(page).boundingBox();
  if (!box) throw new Error('expected a box of the preview, found none');
  await page.mouse.move(box.x + 20, box.y + 20, { steps: 5 });
  await page.waitForTimeout(600); // longer than the patience of a preview that was left
  await expect(preview(page)).toBeVisible();
  await page.mouse.move(2, 2);
  await expect(preview(page)).toBeHidden();
});

test('a link that is reached by keyboard shows its preview, and Escape closes it', async ({ page }) => {
  await page.goto(guide);
  const field = link(page, '#DPOConfig.beta');
  await page.keyboard.press('Tab'); // the keyboard is in use
  await field.focus();
  await expect(preview(page)).toContainText('DPOConfig.beta');
  await expect(preview(page)).toContainText('Default 0.1.');
  await expect(field).toHaveAttribute('aria-describedby', 'preview');
  await page.keyboard.press('Escape');
  await expect(preview(page)).toBeHidden();
  await expect(field).toBeFocused();
});

test('pages, headings, papers and the page’s own places have previews', async ({ page }) => {
  await page.goto(annotated);
  const expected: [string, string][] = [
    ['/guides/dpo-loss/', 'Reference guide'],
    ['/guides/dpo-loss/#hyper-parameters', 'Hyper-parameters'],
    ['#paper-2305.18290', 'Direct Preference Optimization'],
    ['#region-log-probs', 'log-probs'],
  ];
  for (const [address, text] of expected) {
    await link(page, address).hover();
    await expect(preview(page)).toContainText(text);
    await page.keyboard.press('Escape');
    await expect(preview(page)).toBeHidden();
  }
});

test('navigation, permalinks, remarks and links that leave the site have none', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await page.goto(guide);
  for (const selector of [
    '.site-nav a',
    '.crumbs a',
    '.toc a',
    '.sidebar a',
    '.neighbours a',
    '.prose a[rel]',
  ]) {
    await page.locator(selector).first().hover();
    await page.waitForTimeout(500);
    await expect(preview(page)).toBeHidden();
  }
  expect(fetched.filter((url) => url.endsWith('previews.json'))).toEqual([]);
});

test('a finger gets no preview', async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    hasTouch: true,
    isMobile: true,
    viewport: { width: 390, height: 844 },
  });
  const page = await context.newPage();
  await page.goto(`${baseURL}${guide.slice(1)}`);
  const term = page.locator('.prose a.term').first();
  await term.evaluate((element) => element.addEventListener('click', (event) => event.preventDefault()));
  await term.tap();
  await page.waitForTimeout(600);
  await expect(preview(page)).toBeHidden();
  await context.close();
});

test('where formulas have no style sheet, their words stand', async ({ page }) => {
  await page.goto('/examples/dpo-training/');
  const term = page.locator('.prose a[href="/glossary/#log-ratio"]').first();
  await term.hover();
  await expect(preview(page).locator('.katex').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.mouse.move(2, 2);
  await page.evaluate(() => document.querySelector('link[href*="katex"]')?.remove());
  await term.hover();
  await expect(preview(page)).toContainText('pi_theta');
  await expect(preview(page).locator('.katex')).toHaveCount(0);
});

test('nothing is fetched before a reader points at a link', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await page.goto(guide);
  await page.waitForLoadState('networkidle');
  const isOurs = (url: string) => /previews\.json|preview\.client|shortcuts|copy-page/.test(url);
  expect(fetched.filter(isOurs)).toEqual([]);
  await page.locator('.prose a.term').first().hover();
  await expect(preview(page)).toBeVisible();
  expect(fetched.filter((url) => url.endsWith('/glossary/previews.json'))).toHaveLength(1);
});

test('a preview keeps inside the window, at its edges too', async ({ page }) => {
  await page.setViewportSize({ width: 480, height: 600 });
  await page.goto(guide);
  const terms = page.locator('.prose a.term');
  for (let index = 0; index < Math.min(4, await terms.count()); index += 1) {
    await terms
      .nth(index)
      .evaluate((element) => element.scrollIntoView({ block: 'end', behavior: 'instant' }));
    await terms.nth(index).hover();
    await expect(preview(page)).toBeVisible();
    const box = await preview(page).boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 480 && box.y >= 0 && box.y + box.height <= 600).toBe(
      true,
    );
    await page.keyboard.press('Escape');
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(480);
});
