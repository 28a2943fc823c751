import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { annotated, guide } from './pages.ts';

/** The link of the contents list that is marked as being read. */
const current = (page: Page) => page.locator('page-contents a[aria-current]');

test('the contents list marks the section that is being read', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(guide);
  const links = page.locator('page-contents a');
  const last = (await links.count()) - 2;
  for (const index of [1, Math.floor(last / 2), last, 1]) {
    const hash = (await links.nth(index).getAttribute('href')) ?? '';
    await page.locator(`[id="${decodeURIComponent(hash.slice(1))}"]`).evaluate((heading) => {
      window.scrollTo({
        top: heading.getBoundingClientRect().top + window.scrollY - 60,
        behavior: 'instant',
      });
    });
    await expect(current(page)).toHaveCount(1);
    await expect(current(page)).toHaveAttribute('href', hash);
  }
});

test('on a narrow window the contents list opens, leads to a section, and closes', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(annotated);
  const list = page.getByRole('navigation', { name: 'On this page' });
  await expect(list).toBeHidden();
  await page.getByRole('button', { name: 'On this page' }).click();
  await expect(list).toBeVisible();
  const link = list.getByRole('link').nth(3);
  const hash = (await link.getAttribute('href')) ?? '';
  await link.click();
  await expect(list).toBeHidden();
  await expect(page.locator(`[id="${decodeURIComponent(hash.slice(1))}"]`)).toBeInViewport();
});

test('every control of the header can be reached and used by keyboard alone', async ({ page }) => {
  await page.goto(guide);
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');

  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Skip to content');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);

  await page.goto(guide);
  const reached: string[] = [];
  for (let presses = 0; presses < 12; presses += 1) {
    await page.keyboard.press('Tab');
    reached.push(
      await page.evaluate(
        () =>
          document.activeElement?.getAttribute('aria-label') ??
          document.activeElement?.textContent?.trim() ??
          '',
      ),
    );
    // Who cannot see where the focus is cannot use it.
    const outlined = await page.evaluate(() => {
      const style = document.activeElement && getComputedStyle(document.activeElement);
      return style?.outlineStyle !== 'none' && Number.parseFloat(style?.outlineWidth ?? '0') > 0;
    });
    expect(outlined, reached.at(-1)).toBe(true);
  }
  expect(reached).toEqual(
    expect.arrayContaining(['Trainers', 'Guides', 'Examples', 'Paths', 'Glossary', 'Status', 'Dark theme']),
  );
  expect(reached.some((name) => name.startsWith('Search'))).toBe(true);
});

test('by keyboard the theme is switched and an answer is opened', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(guide);
  const toggle = page.getByRole('button', { name: 'Dark theme' });
  await toggle.focus();
  await page.keyboard.press('Enter');
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');
  const answer = page.locator('.exercise details.answer').first();
  await answer.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(answer).toHaveAttribute('open', '');
});

test('the links of the set lead to the other pages on the same trainer', async ({ page }) => {
  await page.goto(guide);
  const set = page.getByRole('navigation', { name: /^The set on/ });
  await expect(set.locator('[aria-current="page"]')).toHaveText('This page');
  await set.getByRole('link').first().click();
  await expect(page).not.toHaveURL(new RegExp(`${guide}$`));
  await expect(page.locator('h1')).toBeVisible();
});
