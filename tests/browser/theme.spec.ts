import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { annotated, guide } from './pages.ts';

/** The lightness of the page's background, 0 to 255. */
const lightness = (page: Page) =>
  page.evaluate(() => {
    const [red = 0, green = 0, blue = 0] =
      getComputedStyle(document.body)
        .backgroundColor.match(/[\d.]+/g)
        ?.map(Number) ?? [];
    return (red + green + blue) / 3;
  });
const isDark = async (page: Page) => (await lightness(page)) < 60;
const isLight = async (page: Page) => (await lightness(page)) > 200;

test('follows the system, also while the page is open', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(guide);
  expect(await isDark(page)).toBe(true);
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await isLight(page)).toBe(true);
  await expect(page.getByRole('button', { name: 'Dark theme' })).toHaveAttribute('aria-pressed', 'false');
});

test('a choice outweighs the system and holds on the next page and after a reload', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(guide);
  const toggle = page.getByRole('button', { name: 'Dark theme' });
  await toggle.click();
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');
  expect(await isDark(page)).toBe(true);

  await page.goto(annotated);
  expect(await isDark(page)).toBe(true);
  await page.reload();
  expect(await isDark(page)).toBe(true);
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');

  await toggle.click();
  expect(await isLight(page)).toBe(true);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await isLight(page)).toBe(true);
});

test('a chosen theme is there before anything can be painted', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.addInitScript(() => {
    localStorage.setItem('theme', 'dark');
    // Nothing is painted before there is a body: what holds at that moment holds at the first paint.
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      observer.disconnect();
      sessionStorage.setItem('theme at body', document.documentElement.dataset.theme ?? 'none');
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(guide);
  expect(await page.evaluate(() => sessionStorage.getItem('theme at body'))).toBe('dark');
});

test('the toggle works where storage is forbidden', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  });
  await page.goto(guide);
  await page.getByRole('button', { name: 'Dark theme' }).click();
  expect(await isDark(page)).toBe(true);
});
