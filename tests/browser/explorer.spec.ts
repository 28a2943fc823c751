import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { guide } from './pages.ts';

const form = (page: Page) => page.getByRole('form', { name: 'Explorer: Preference losses' });
/** The row of a loss in the table of values at the cursor. */
const row = (page: Page, loss: string) =>
  form(page)
    .getByRole('row')
    .filter({ has: page.getByText(loss, { exact: true }) });
/** The loss of `sigmoid` there. */
const sigmoid = (page: Page) => row(page, 'sigmoid').getByRole('cell').first();
const margin = (page: Page) => form(page).getByRole('slider', { name: /margin/ });

/** Opens the guide at the explorer and waits until it answers. */
async function open(page: Page, query = ''): Promise<void> {
  await page.goto(guide + query);
  await page.locator('explorer-preference-losses').scrollIntoViewIfNeeded();
  await page.waitForFunction(() => customElements.get('explorer-preference-losses') !== undefined);
}

test('at a margin of 0 the loss is ln 2, and the arrow keys follow the formula', async ({ page }) => {
  await open(page);
  await expect(sigmoid(page)).toHaveText('0.6931');
  const before = await page.locator('explorer-preference-losses svg.panel').first().innerHTML();
  await margin(page).focus();
  await page.keyboard.press('End');
  const delta = Number(await margin(page).inputValue());
  expect(delta).toBeGreaterThan(0);
  await expect(sigmoid(page)).toHaveText(Math.log(1 + Math.exp(-0.1 * delta)).toFixed(4)); // beta is 0.1
  await expect
    .poll(() => page.locator('explorer-preference-losses svg.panel').first().innerHTML())
    .not.toBe(before);
});

test('the choice is kept in the address, and Reset takes it back', async ({ page }) => {
  await open(page);
  await form(page).getByRole('checkbox', { name: 'ipo', exact: true }).check();
  await expect(row(page, 'ipo')).toHaveCount(1);
  await expect(page).toHaveURL(/\?.*ipo/);
  const address = new URL(page.url()).search;

  await open(page, address);
  await expect(form(page).getByRole('checkbox', { name: 'ipo', exact: true })).toBeChecked();
  await form(page).getByRole('button', { name: 'Reset' }).click();
  await expect(form(page).getByRole('checkbox', { name: 'ipo', exact: true })).not.toBeChecked();
  await expect(page).toHaveURL(new RegExp(`${guide}$`));
});

test('it is fetched only when the reader comes near', async ({ page }) => {
  await page.goto(guide); // scripts have run when this returns: a quiet network alone does not say so
  await page.waitForLoadState('networkidle');
  expect(await page.evaluate(() => customElements.get('explorer-preference-losses') === undefined)).toBe(
    true,
  );
  await page.locator('explorer-preference-losses').scrollIntoViewIfNeeded();
  await page.waitForFunction(() => customElements.get('explorer-preference-losses') !== undefined);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the picture and its numbers are there, the controls are not', async ({ page }) => {
    await page.goto(guide);
    await expect(page.locator('explorer-preference-losses svg.panel')).toHaveCount(2);
    await expect(page.locator('explorer-preference-losses form')).toBeHidden();
    const numbers = page.locator('explorer-preference-losses details');
    await numbers.locator('summary').click();
    await expect(numbers.getByRole('table').first()).toContainText('0.693');
  });
});
