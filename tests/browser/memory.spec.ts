import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const element = (page: Page) => page.locator('explorer-memory');
const form = (page: Page) => page.getByRole('form', { name: 'Explorer: Memory of a run' });
const total = (page: Page) => element(page).locator('[data-part="total"]');

async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`/choose/${query}#memory`);
  await element(page).scrollIntoViewIfNeeded();
  await page.waitForFunction(() => customElements.get('explorer-memory') !== undefined);
  await expect(form(page)).toBeVisible();
}

test('the estimate of the guide is the estimate of the page', async ({ page }) => {
  await open(page);
  await expect(total(page)).toContainText('About 11.87 GiB on each card');
  await expect(element(page).getByRole('row', { name: /Weights/ })).toContainText('494,032,768 × 4 bytes');
  await expect(element(page).getByRole('row', { name: /T4/ })).toContainText('fits');
});

test('the keyboard changes the run, and the address says it', async ({ page }) => {
  await open(page);
  await form(page).getByRole('combobox', { name: 'Trained' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(total(page)).toContainText('About 5.37 GiB');
  await expect(form(page).getByRole('spinbutton', { name: /LoRA rank/ })).toBeVisible();
  await expect(page).toHaveURL(/memory\.method=lora/);
  await form(page).getByRole('button', { name: 'Reset' }).click();
  await expect(total(page)).toContainText('About 11.87 GiB');
  await expect(page).not.toHaveURL(/memory\./);
});

test('a link opens a run; what changes nothing is not asked', async ({ page }) => {
  await open(page, '?memory.trainer=grpo&memory.model=qwen2.5-7b');
  await expect(form(page).getByRole('combobox', { name: 'Trainer' })).toHaveValue('grpo');
  await expect(element(page)).toContainText('GRPO of Qwen2.5-7B');
  await expect(form(page).getByRole('combobox', { name: 'KL penalty', exact: false })).toBeVisible();
  await expect(form(page).getByRole('checkbox', { name: 'precompute_ref_log_probs' })).toBeHidden();
  await expect(element(page).getByRole('row', { name: /A100 40 GB/ })).toContainText('does not fit');
});

test('a number that is none leaves the last one in force, and says so', async ({ page }) => {
  await open(page);
  const batch = form(page).getByRole('spinbutton', { name: /per_device_train_batch_size/ });
  await batch.fill('');
  await expect(form(page).locator('[data-said]')).toContainText('Expected a number from 1 to 1024');
  await expect(total(page)).toContainText('About 11.87 GiB');
  await batch.blur();
  await expect(batch).toHaveValue('8');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page);
    expect((await new AxeBuilder({ page }).include('explorer-memory').analyze()).violations).toEqual([]);
  });
}

test('it does not scroll the page sideways at 360 px', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await open(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

test('on a phone the numbers stand beside the names, in sight', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  const cell = element(page)
    .getByRole('row', { name: /Weights/ })
    .getByRole('cell')
    .first();
  await expect(cell).toHaveText('1.84');
  const box = await cell.boundingBox();
  expect((box?.x ?? 999) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
});

test('a run of PPO is not told to set what PPO ignores', async ({ page }) => {
  await open(page, '?memory.trainer=ppo');
  const advice = element(page).locator('[data-part="advice"]');
  await expect(advice).toContainText('gradient_checkpointing_enable()');
  await expect(advice).not.toContainText('gradient_checkpointing=True');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('one run is there, by part, by card, with advice', async ({ page }) => {
    await page.goto('/choose/');
    await expect(total(page)).toContainText('About 11.87 GiB');
    await expect(element(page).getByRole('table')).toHaveCount(3);
    await expect(element(page).getByText('peft_config=LoraConfig', { exact: false })).toBeVisible();
  });
});
