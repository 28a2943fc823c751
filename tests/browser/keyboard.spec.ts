import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { annotated, guide } from './pages.ts';

/** Whole journeys without a pointer: every press is a key, and every place is reached by Tab. */

/** Tabs until `target` has the focus. */
async function tabTo(page: Page, target: Locator, most = 400): Promise<void> {
  const has = () => target.evaluate((element) => element === document.activeElement);
  for (let press = 0; press < most; press += 1) {
    if (await has()) return;
    await page.keyboard.press('Tab');
  }
  await expect(target, `reached by ${most} presses of Tab`).toBeFocused();
}

test.use({ reducedMotion: 'reduce' });

test('from home by search to a page, its path, a check-point and the script', async ({ page }) => {
  test.slow();
  await page.goto('/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('/');
  const dialog = page.getByRole('dialog', { name: 'Search' });
  await expect(dialog.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('DPOConfig.beta');
  await expect(dialog.getByRole('option').first()).toContainText('DPOConfig.beta');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/trainers\/dpo\/#DPOConfig\.beta$/);

  const strip = page.getByRole('navigation', { name: 'In learning paths' });
  await tabTo(page, strip.getByRole('link', { name: 'DPO', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/paths\/dpo\/#step-2$/);

  const step = page.locator('#step-2');
  await tabTo(page, step.locator('summary'));
  await page.keyboard.press('Enter');
  await expect(step.locator('details.answer')).toHaveAttribute('open', '');
  const box = step.getByRole('checkbox', { name: /I had the answer/ });
  await tabTo(page, box, 40);
  await page.keyboard.press('Space');
  await expect(box).toBeChecked();

  await page.goto('/examples/dpo-training/?path=dpo');
  await tabTo(page, page.locator('.run-box').getByRole('link', { name: 'dpo_training.py', exact: true }));
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(download.suggestedFilename()).toBe('dpo_training.py');
});

test('a dialog that closes gives the focus back to what opened it', async ({ page }) => {
  await page.goto('/');
  const keys = page.getByRole('button', { name: 'Keyboard shortcuts' });
  const search = page.locator('.search-button').first();
  for (const opener of [search, keys]) {
    await tabTo(page, opener);
    await page.keyboard.press('Enter');
    await expect(page.locator('dialog[open]')).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(page.locator('dialog[open]')).toHaveCount(0);
    await expect(opener).toBeFocused();
  }
});

test('an explorer is reached by Tab and answers the arrow keys', async ({ page }) => {
  await page.goto(guide);
  await page.locator('explorer-preference-losses').scrollIntoViewIfNeeded();
  await page.waitForFunction(() => customElements.get('explorer-preference-losses') !== undefined);
  const slider = page.locator('explorer-preference-losses').getByRole('slider').first();
  await tabTo(page, slider);
  const before = await slider.inputValue();
  await page.keyboard.press('ArrowRight');
  expect(await slider.inputValue()).not.toBe(before);
});

test('on a phone, the lists of pages and headings open, close and give the focus back', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(annotated);
  for (const name of ['All pages', 'On this page']) {
    const button = page.getByRole('button', { name: new RegExp(`^${name}`) });
    await tabTo(page, button, 60);
    await page.keyboard.press('Enter');
    const list = page.locator('.rail:popover-open');
    await expect(list).toBeVisible();
    await page.keyboard.press('Tab');
    expect(await list.evaluate((each) => each.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await expect(list).toHaveCount(0);
    await expect(button).toBeFocused();
  }
});
