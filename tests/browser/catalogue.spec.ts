import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const rows = (page: Page) => page.locator('.trainer-row:visible');

test('a family leaves its own trainers, and says how many', async ({ page }) => {
  await page.goto('/trainers/');
  const all = await rows(page).count();
  await expect(page.getByRole('status')).toHaveText(`${all} of ${all} trainers`);
  await page.getByRole('radio', { name: 'Preference', exact: true }).check();
  const left = await rows(page).count();
  expect(left).toBeGreaterThan(1);
  expect(left).toBeLessThan(all);
  await expect(rows(page).filter({ hasText: 'DPO' }).first()).toBeVisible();
  await expect(rows(page).filter({ hasText: 'GRPO' })).toHaveCount(0);
  await expect(page.getByRole('status')).toHaveText(`${left} of ${all} trainers`);
});

test('rows are ordered by keyboard alone, and come back under their families', async ({ page }) => {
  await page.goto('/trainers/');
  const names = () => rows(page).evaluateAll((found) => found.map((row) => row.dataset.name ?? ''));
  const byFamily = await names();
  const order = page.getByRole('combobox', { name: 'Order' });
  await order.focus();
  await page.keyboard.press('ArrowDown');
  await expect(order).toHaveValue('name');
  const sorted = await names();
  expect(sorted).toEqual([...byFamily].sort((a, b) => a.localeCompare(b, 'en')));
  await expect(page.locator('.family-row:visible')).toHaveCount(0);
  await page.keyboard.press('ArrowUp');
  expect(await names()).toEqual(byFamily);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the whole list stands, without controls that do nothing', async ({ page }) => {
    await page.goto('/trainers/');
    await expect(page.locator('.catalogue-controls')).toBeHidden();
    expect(await rows(page).count()).toBe(await page.locator('.trainer-row').count());
  });
});
