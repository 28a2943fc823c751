import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const rows = (page: Page) => page.locator('.trainer-row:visible');

test('a family leaves its own trainers, and says how many', async ({ page }) => {
  await page.goto('/trainers/');
  const all = await rows(page).count();
  await expect(page.locator('trainer-catalogue').getByRole('status')).toHaveText(`${all} of ${all} trainers`);
  await page.getByRole('radio', { name: 'Preference', exact: true }).check();
  const left = await rows(page).count();
  expect(left).toBeGreaterThan(1);
  expect(left).toBeLessThan(all);
  await expect(rows(page).filter({ hasText: 'DPO' }).first()).toBeVisible();
  await expect(rows(page).filter({ hasText: 'GRPO' })).toHaveCount(0);
  await expect(page.locator('trainer-catalogue').getByRole('status')).toHaveText(
    `${left} of ${all} trainers`,
  );
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

test('filters combine, and the address brings them back', async ({ page }) => {
  await page.goto('/trainers/');
  await page.getByRole('combobox', { name: 'Data' }).selectOption('preference');
  await page.getByRole('combobox', { name: 'Models in memory' }).selectOption('1');
  await expect(rows(page).filter({ hasText: 'ORPO' })).toHaveCount(1);
  await expect(rows(page).filter({ hasText: 'Direct Preference Optimization' })).toHaveCount(0);
  const left = await rows(page).count();
  expect(page.url()).toContain('data=preference&models=1');
  await page.reload();
  expect(await rows(page).count()).toBe(left);
  await expect(page.getByRole('combobox', { name: 'Data' })).toHaveValue('preference');
});

test('three trainers stand side by side, by keyboard, and the address holds them', async ({ page }) => {
  await page.goto('/trainers/');
  const panel = page.locator('.compare');
  await expect(panel).toBeHidden();
  for (const name of ['compare DPO', 'compare KTO', 'compare GRPO']) {
    await page.getByRole('checkbox', { name, exact: true }).focus();
    await page.keyboard.press('Space');
  }
  await expect(panel.locator('thead th:visible')).toHaveText(['DPO', 'KTO', 'GRPO']);
  await expect(page.getByRole('checkbox', { name: 'compare SFT', exact: true })).toBeDisabled();
  expect(page.url()).toContain('compare=dpo,kto,grpo');
  await page.reload();
  await expect(panel.locator('thead th:visible')).toHaveText(['DPO', 'KTO', 'GRPO']);
  await panel.getByRole('button', { name: 'Clear' }).click();
  await expect(panel).toBeHidden();
  await expect(page.getByRole('checkbox', { name: 'compare SFT', exact: true })).toBeEnabled();
});
