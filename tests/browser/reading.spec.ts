import { expect, test } from './fixtures.ts';
import { annotated, guide } from './pages.ts';

test.describe('on paper', () => {
  test.use({ colorScheme: 'dark' });
  for (const path of [annotated, guide]) {
    test(`${path} prints its text in dark ink, without navigation, code uncut`, async ({ page }) => {
      await page.goto(path);
      await page.getByRole('button', { name: 'Dark theme' }).click(); // light
      await page.getByRole('button', { name: 'Dark theme' }).click(); // and dark, chosen
      await page.emulateMedia({ media: 'print' });
      await page.setViewportSize({ width: 720, height: 1000 }); // about A4 with margins
      const hidden = page.locator('.site-header, .site-footer, .rail, .page-bar, .copy, dialog');
      for (const part of await hidden.all()) await expect(part).toBeHidden();
      await expect(page.getByRole('main')).toBeVisible();
      const ink = await page.evaluate(() => getComputedStyle(document.body).color);
      expect(Math.max(...(ink.match(/\d+/g) ?? ['255']).map(Number))).toBeLessThan(90);
      const cut = await page
        .locator('main pre')
        .evaluateAll((blocks) => blocks.filter((block) => block.scrollWidth > block.clientWidth + 1).length);
      expect(cut).toBe(0);
    });
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('code, remarks and tables of an annotated trainer are there', async ({ page }) => {
    await page.goto(annotated);
    const regions = page.locator('.region');
    expect(await regions.count()).toBeGreaterThan(5);
    for (const region of await regions.all()) {
      await expect(region.locator('pre')).toBeVisible();
      await expect(region.locator('pre .line').first()).not.toBeEmpty();
    }
    for (const remark of await page.locator('.remarks > li').all()) await expect(remark).toBeVisible();
    await expect(page.locator('.config-table').first()).toBeVisible();
  });

  test('a marker in the code leads to its remark', async ({ page }) => {
    await page.goto(annotated);
    const marker = page.locator('.region a.marker').first();
    const target = await marker.getAttribute('href');
    await marker.click();
    await expect(page).toHaveURL(new RegExp(`${target}$`));
    await expect(page.locator(target ?? '')).toBeInViewport();
  });

  test('formulas, exercises and their answers can be read', async ({ page }) => {
    await page.goto(guide);
    await expect(page.locator('.math-display .katex').first()).toBeVisible();
    const exercise = page.locator('.exercise').first();
    await expect(exercise).toBeVisible();
    const answer = exercise.locator('details.answer');
    await expect(answer.locator(':scope > :not(summary)').first()).toBeHidden();
    await answer.locator('summary').click();
    await expect(answer.locator(':scope > :not(summary)').first()).toBeVisible();
  });

  test('no control is shown that does nothing', async ({ page }) => {
    await page.goto(guide);
    await expect(page.getByRole('button', { name: 'Dark theme' })).toBeHidden();
    await expect(page.getByRole('button', { name: 'Copy' })).toHaveCount(0);
    await page.getByRole('banner').getByRole('link', { name: 'Search' }).click();
    await expect(page).toHaveURL(/\/search\/$/);
  });
});
