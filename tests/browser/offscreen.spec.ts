import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { annotated, guide } from './pages.ts';

/** The last heading of the article that has an address, far below the first screen. */
const lastHeading = (page: Page) => page.locator('article :is(h2, h3)[id]').last();

/** How many blocks the browser has not laid out yet. */
const skipped = (page: Page) =>
  page.evaluate(
    () =>
      [...document.querySelectorAll('article > *')].filter(
        ({ firstElementChild: child }) => child && !child.checkVisibility({ contentVisibilityAuto: true }),
      ).length,
  );

for (const width of [390, 1440]) {
  test(`blocks far below wait, and a link to a place is met all the same (${width} px)`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(guide);
    expect(await skipped(page)).toBeGreaterThan(10);
    const id = await lastHeading(page).getAttribute('id');
    await page.goto(`${guide}#${id}`);
    await expect(lastHeading(page)).toBeInViewport();
    await page.goto('about:blank');
    await page.goto(`${guide}#${id}`);
    await expect(lastHeading(page)).toBeInViewport();
  });
}

test('text of a block that waits is found in the page', async ({ page }) => {
  await page.goto(guide);
  const block = page.locator('article > p').last();
  const text = ((await block.textContent()) ?? '').trim().slice(0, 30);
  await expect(block).not.toBeInViewport();
  // As text: TypeScript's library does not know `find`.
  expect(await page.evaluate(`window.find(${JSON.stringify(text)})`)).toBe(true);
  await expect(block).toBeInViewport();
});

test('print leaves nothing out', async ({ page }) => {
  await page.goto(annotated);
  await page.emulateMedia({ media: 'print' });
  expect(await skipped(page)).toBe(0);
});
