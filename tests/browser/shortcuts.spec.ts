import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { annotated, guide } from './pages.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const list = (page: Page) => page.getByRole('dialog', { name: 'Keyboard shortcuts' });
const toast = (page: Page) => page.locator('.toast');

test('? and the footer open the list of keys, Escape closes it', async ({ page }) => {
  await page.goto(guide);
  await page.keyboard.press('?');
  await expect(list(page)).toBeVisible();
  await expect(list(page)).toContainText('copy this page as Markdown');
  await page.keyboard.press('Escape');
  await expect(list(page)).toBeHidden();
  await page.getByRole('contentinfo').getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await expect(list(page)).toBeVisible();
  await list(page).getByRole('button', { name: 'Close' }).click();
  await expect(list(page)).toBeHidden();
});

test('n and p go along the pages, g and a letter to a place', async ({ page }) => {
  await page.goto(guide);
  const next = await page.locator('a[rel="next"]').getAttribute('href');
  const ways: [string, RegExp][] = [
    ['n', new RegExp(`${next}$`)],
    ['p', new RegExp(`${guide}$`)],
    ['gg', /\/glossary\/$/],
    ['gt', /\/trainers\/$/],
    ['gh', /:\d+\/$/],
  ];
  for (const [keys, url] of ways) {
    for (const key of keys) await page.keyboard.press(key);
    await page.waitForURL(url); // and until its scripts have run
  }
});

test('d changes the theme', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(guide);
  await page.keyboard.press('d');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

for (const width of [1440, 700]) {
  test(`t goes to the contents at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(guide);
    await page.keyboard.press('t');
    await expect(page.locator('#toc a:focus')).toBeVisible();
  });
}

test('keys do nothing while one types, with a modifier, or while a dialog is open', async ({ page }) => {
  await page.goto(guide);
  await page.keyboard.press('/');
  await page.keyboard.type('n?d');
  await expect(page.getByRole('combobox', { name: 'Search' })).toHaveValue('n?d');
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  await page.keyboard.press('Alt+n');
  await page.keyboard.press('?');
  await expect(list(page)).toBeVisible();
  await page.keyboard.press('n');
  await page.waitForTimeout(300);
  await expect(page).toHaveURL(new RegExp(`${guide}$`));
});

test('single keys can be switched off, which is remembered; Ctrl-K still works', async ({ page }) => {
  await page.goto(guide);
  await page.keyboard.press('?');
  await list(page).getByRole('switch').uncheck();
  await page.reload();
  await page.keyboard.press('?');
  await page.keyboard.press('n');
  await page.keyboard.press('/');
  await page.waitForTimeout(400);
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`${guide}$`));
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Search' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('contentinfo').getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await list(page).getByRole('switch').check();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await expect(page.getByRole('dialog', { name: 'Search' })).toBeVisible();
});

test('the page is copied as Markdown by button and by key, and said so', async ({ page }) => {
  await page.goto(annotated);
  const twin = await (await page.request.get(`${annotated}index.md`)).text();
  await page.getByRole('button', { name: 'Copy page as Markdown' }).click();
  await expect(toast(page)).toContainText('Copied the page as Markdown');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(twin);
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await page.evaluate(() => window.scrollTo(0, 5000));
  await page.keyboard.press('m');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(twin);
});

test('a refused clipboard falls back to the old way, and then to a link', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  await page.goto(annotated);
  const button = page.getByRole('button', { name: 'Copy page as Markdown' });
  await button.click();
  await expect(toast(page)).toContainText('Copied the page as Markdown');
  await expect(button).toBeFocused();
  await page.evaluate(() => {
    Object.defineProperty(document, 'execCommand', { value: () => false });
  });
  await button.click();
  await expect(toast(page)).toContainText('does not allow copying');
});

test('without JavaScript the Markdown is a link, and nothing offers keys', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${baseURL}${annotated.slice(1)}`);
  await expect(page.getByRole('link', { name: 'as Markdown' })).toHaveAttribute('href', 'index.md');
  await expect(page.getByRole('button', { name: 'Copy page as Markdown' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Keyboard shortcuts' })).toBeHidden();
  await context.close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`list, message and preview are accessible in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(annotated);
    await page.keyboard.press('m');
    await expect(toast(page)).not.toBeEmpty();
    await page.locator('.prose a.term').first().hover();
    await expect(page.locator('.preview')).toBeVisible();
    const open = await new AxeBuilder({ page }).include('.preview').include('.toast').analyze();
    expect(open.violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([]);
    await page.keyboard.press('?');
    await expect(list(page)).toBeVisible();
    const listed = await new AxeBuilder({ page }).include('dialog.shortcuts').analyze();
    expect(listed.violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([]);
  });
}
